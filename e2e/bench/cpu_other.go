//go:build !unix

package main

import "time"

var began = time.Now()

// spent is the time that has passed: this process does nothing else than to measure.
func spent() time.Duration { return time.Since(began) }
