package main

// known is where kin-openapi is wrong by a standard, or where this project has it wrong with it.
type known struct {
	schema, text string
	// standard says where it is written.
	standard string
}

var knownDifferences = []known{}
