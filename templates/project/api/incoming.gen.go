package api

import (
	"cmp"
	"net/http"
	"net/url"
	"sync"

	"github.com/labstack/echo/v4"
)

// requests takes requests in. It may be used concurrently.
type requests struct {
	// validator is for what was not compiled, nil where everything was.
	validator *validator
	free      sync.Pool
}

// incoming is a request while its operation takes from it what the document speaks of. Nothing of it may
// be used once err has been called: the next request gets it.
//
// Parameters and bodies come as a reader that stands at a JSON value, or as nil where there is nothing to
// read. What is wrong with them is remembered.
type incoming struct {
	input

	from    *requests
	op      *Operation
	context echo.Context
	pairs   []pair
	// reader reads the parameter of that name, or the body where the name is empty and reading says so.
	reader    reader
	reading   bool
	parameter string
	// scratch is a parameter as JSON, buffer a body.
	scratch, buffer []byte
	slow            slow
}

// slow is what the validator is asked about.
type slow struct {
	query url.Values
	media media
	// unchecked says that the body was not held against the document yet, failed that it was.
	unchecked, failed bool
}

func (q *requests) request(c echo.Context, op *Operation) *incoming {
	in, ok := q.free.Get().(*incoming)
	if !ok {
		in = new(incoming)
	}
	in.from, in.context, in.op, in.status = q, c, op, cmp.Or(op.Invalid, http.StatusBadRequest)
	if !in.split(c.Request().URL.RawQuery) {
		in.failure = unreadableQuery(in.status)
	}
	return in
}

// largestKept is how much memory of a request is kept for the next one.
const largestKept = 64 << 10

// err returns nil, or an *Error with all that is wrong, and gives the request back.
func (in *incoming) err() error {
	in.settle()
	err := in.failure
	if err == nil {
		err = in.input.err()
	}
	clear(in.pairs)
	in.reader.reset(nil)
	from := in.from
	in.input, in.slow, in.from, in.op, in.context = input{}, slow{}, nil, nil, nil
	in.pairs, in.scratch, in.buffer = in.pairs[:0], keep(in.scratch), keep(in.buffer)
	from.free.Put(in)
	return err
}

func keep(buffer []byte) []byte {
	if cap(buffer) > largestKept {
		return nil
	}
	return buffer[:0]
}

// settle ends what is being read, and takes its faults over.
func (in *incoming) settle() {
	if !in.reading {
		return
	}
	in.reading = false
	faults, broken := in.reader.done()
	if in.parameter == "" {
		if broken {
			in.status = http.StatusBadRequest
		}
		in.reject(faults...)
		return
	}
	for _, fault := range faults {
		in.reject(fault.of(in.parameter))
	}
}

// read lets the reader read JSON: of a parameter, or of the body.
func (in *incoming) read(parameter string, text []byte) *reader {
	in.settle()
	in.parameter, in.reading = parameter, true
	in.reader.reset(text)
	return &in.reader
}

// documented is what the validator knows of the operation.
func (in *incoming) documented() *documented {
	return in.from.validator.operations[in.op.Method+" "+in.op.Path]
}
