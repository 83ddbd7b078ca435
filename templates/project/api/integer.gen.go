package api

import (
	"encoding/json"
	"strconv"
	"strings"
)

// wholeNumber writes 1.0, 1e3 and -0 as 1, 1000 and 0: to JSON Schema they are integers, to Go's decoders not. An
// integer of more than 64 bits that has an exponent keeps it.
func wholeNumber(n json.Number) json.Number {
	whole, fraction, _ := strings.Cut(string(n), ".")
	if !strings.ContainsAny(whole, "eE") && strings.Trim(fraction, "0") == "" && whole != "-0" {
		return json.Number(whole)
	}
	size, isWhole, held := integerSize(n)
	switch {
	case !isWhole || !held:
		return n
	case size > 0 && n[0] == '-':
		return json.Number("-" + strconv.FormatUint(size, 10))
	}
	return json.Number(strconv.FormatUint(size, 10))
}

// integerSize is how large a JSON number is, without its sign. It is whole where it is an integer, whichever way it is
// written, as 1.0, 1e3 and 100e-2 are; held says that 64 bits hold it. All digits count.
func integerSize[T ~string | ~[]byte](number T) (size uint64, whole, held bool) {
	end, power := mantissa(number)
	for end > 0 && number[end-1] < '1' { // zeros at the end, and the point
		if end--; number[end] == '0' {
			power++
		}
	}
	for i := range end {
		if '0' <= number[i] && number[i] <= '9' {
			if size, held = shifted(size, number[i]-'0'); !held {
				return 0, power >= 0, false
			}
		}
	}
	if size == 0 {
		return 0, true, true
	}
	for held = true; power > 0 && held; power-- { // 20 times, then it is too large
		size, held = shifted(size, 0)
	}
	return size, power >= 0, held
}

// shifted is a number with a digit more behind it.
func shifted(n uint64, digit byte) (longer uint64, held bool) {
	longer = n*10 + uint64(digit)
	const most = 1<<64 - 1
	return longer, n <= (most-uint64(digit))/10
}

// mantissa ends where the exponent of a number begins. The number is its digits by that power of ten.
func mantissa[T ~string | ~[]byte](number T) (end int, power int64) {
	behind := int64(0)
	point := false
	for ; end < len(number) && number[end]|0x20 != 'e'; end++ {
		if point {
			behind++
		}
		point = point || number[end] == '.'
	}
	if end < len(number) {
		power = exponent(number[end+1:])
	}
	return end, power - behind
}

// exponent reads one. A very large one counts as large enough for any text.
func exponent[T ~string | ~[]byte](text T) (power int64) {
	const enough = 1 << 40
	for i := range len(text) {
		if c := text[i]; '0' <= c && c <= '9' {
			power = min(power*10+int64(c-'0'), enough)
		}
	}
	if text[0] == '-' {
		return -power
	}
	return power
}
