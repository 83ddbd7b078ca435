package api

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// oneOfValues says that the value at hand, which it does not leave behind, is one of the values. Any other is a fault
// and is left behind.
func (r *reader) oneOfValues(values []any) bool {
	r.peek()
	start := r.pos
	r.trials++
	value := r.value((*reader).exactNumber)
	r.trials--
	for _, allowed := range values {
		if !r.broken && reflect.DeepEqual(allowed, value) {
			r.rewind(start)
			return true
		}
	}
	r.fault("must be " + alternatives(values))
	return false
}

// jsonValues are the values of a JSON array that is known to be one, with numbers as exactNumber has them.
func jsonValues(text string) []any {
	r := reader{data: []byte(text)}
	values, _ := r.value((*reader).exactNumber).([]any)
	return values
}

// exactNumber is the number at hand as a float64, or as its digits where it is an integer of more than 53 bits.
func (r *reader) exactNumber() any {
	n := wholeNumber(json.Number(r.number()))
	f, err := n.Float64()
	switch {
	case err != nil || math.Abs(f) < 1<<53:
		return f
	case strings.ContainsAny(n.String(), ".eE"):
		return json.Number(strconv.FormatFloat(f, 'f', 0, 64))
	}
	return n
}
