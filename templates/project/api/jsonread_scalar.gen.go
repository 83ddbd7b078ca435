package api

import "encoding/json"

// The read functions put the value at hand into v. They return false where it is a fault that it is
// what it is; v is of no use then.

func readString[T ~string](r *reader, v *T) bool {
	if r.peek() != '"' {
		r.mismatch("must be a string")
		return false
	}
	*v = T(r.string())
	return !r.broken
}

// readEnum reads one of the values.
func readEnum[T ~string](r *reader, v *T, values ...T) bool {
	if r.peek() != '"' {
		r.fault(mustBe(values))
		r.skip()
		return false
	}
	text := r.text()
	for _, value := range values {
		if string(text) == string(value) {
			*v = value
			return !r.broken
		}
	}
	r.fault(mustBe(values))
	return false
}

func readBool[T ~bool](r *reader, v *T) bool {
	if r.kind() != booleans {
		r.mismatch("must be a boolean")
		return false
	}
	*v = T(r.boolean())
	return !r.broken
}

// readOther reads a type that has a decoder of its own.
func readOther(r *reader, v json.Unmarshaler) bool {
	if text := r.raw(); r.broken || v.UnmarshalJSON(text) != nil {
		r.fault(outOfRange)
		return false
	}
	return true
}

// grow appends an item to a list and returns it.
func grow[L ~[]T, T any](list *L) *T {
	if cap(*list) == 0 {
		*list = make(L, 0, 4)
	}
	var item T
	*list = append(*list, item)
	return &(*list)[len(*list)-1]
}
