package render

import (
	"errors"
	"strings"
	"testing"
)

func TestAnswers(t *testing.T) {
	const marked = "//gen:header \"Location\"\tLocation\t*string\n//gen:header \"X-Total\"\tTotal\tint64\n//gen:json 200\t\"application/json\"\t[]Post\n"
	compiled := answers{func(value, goType string) (string, error) { return "print " + goType + " " + value + "\n", nil }}
	tests := []struct {
		name string
		how  answers
		want string
	}{
		{"by encoding/json", answers{}, `setHeader(rw, "Location", response.Headers.Location)
setHeader(rw, "X-Total", response.Headers.Total)
return writeJSON(rw, 200, "application/json", response.Body)
`},
		{"by encoders", compiled, `if h := response.Headers.Location; h != nil {
rw.Header().Set("Location", *h)
}
rw.Header().Set("X-Total", strconv.FormatInt(response.Headers.Total, 10))
w := newWriter()
print []Post response.Body
return w.send(rw, 200, "application/json")
`},
	}
	for _, test := range tests {
		got, err := test.how.write("before\n" + marked + "after\n")
		if err != nil {
			t.Fatal(err)
		}
		if want := "before\n" + test.want + "after\n"; got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, want)
		}
	}
	refused := answers{func(string, string) (string, error) { return "", errors.New("no type") }}
	if _, err := refused.write(marked); err == nil || !strings.Contains(err.Error(), "no type") {
		t.Errorf("the error of an encoder is %v", err)
	}
}
