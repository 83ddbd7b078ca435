package api

// Code made from a document needs these modules or not, as the document has it. They are imported
// here so that go.mod is the same for every document, and stays the same when it changes.
import (
	_ "github.com/google/uuid"
	_ "github.com/oapi-codegen/nullable"
)
