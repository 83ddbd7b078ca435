package main

import "testing"

// TestServersAgree holds that what is measured answers the same.
func TestServersAgree(t *testing.T) {
	for _, document := range documents() {
		t.Run(document.Name, func(t *testing.T) {
			if err := agree(document); err != nil {
				t.Error(err)
			}
		})
	}
}
