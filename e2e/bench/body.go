package main

import "strings"

// body is the body of a request.
type body struct{ strings.Reader }

// Close is io.Closer's.
func (*body) Close() error { return nil }
