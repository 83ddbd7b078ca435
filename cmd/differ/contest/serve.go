package contest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Serve answers lists of requests with lists of replies, all as JSON, until in ends.
func Serve(in io.Reader, out io.Writer, pairs []Pair) error {
	dec, enc := json.NewDecoder(bufio.NewReader(in)), json.NewEncoder(out)
	for {
		var requests []Request
		if err := dec.Decode(&requests); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("reading requests: %w", err)
		}
		replies := make([]Reply, len(requests))
		for i, r := range requests {
			replies[i] = pairs[r.Document].Ask(r)
		}
		if err := enc.Encode(replies); err != nil {
			return err
		}
	}
}
