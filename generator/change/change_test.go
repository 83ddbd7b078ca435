package change_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/change"
	"gen/generator/model"
	"gen/generator/render"
	"gen/generator/spec"
)

const document = `openapi: 3.0.3
info: { title: Notes, version: "1" }
paths:
  /notes:
    get:
      operationId: listNotes
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        "200":
          description: All.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Note" } } } }
  /notes/{noteId}:
    get:
      operationId: getNote
      parameters: [{ name: noteId, in: path, required: true, schema: { type: integer } }]
      responses:
        "200":
          description: One.
          content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } }
    delete:
      operationId: deleteNote
      parameters: [{ name: noteId, in: path, required: true, schema: { type: integer } }]
      responses: { "204": { description: Gone. } }
components:
  schemas:
    Color: { type: string, enum: [red, blue] }
    Note:
      type: object
      required: [id, text]
      properties:
        id: { type: integer }
        text: { type: string }
        color: { $ref: "#/components/schemas/Color" }
        stars: { type: integer }
`

// side is the document with each pair of strings replaced.
func side(t *testing.T, pairs ...string) change.Side {
	t.Helper()
	text := strings.NewReplacer(pairs...).Replace(document)
	if len(pairs) > 0 && text == document {
		t.Fatalf("%q changes nothing", pairs)
	}
	doc, err := spec.Parse("openapi.yaml", []byte(text), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := model.New(doc, model.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := render.API(api, doc)
	if err != nil {
		t.Fatal(err)
	}
	return change.Side{Document: doc, API: api, Code: code}
}

// two is one of two operations whose paths are alike.
func two(parameter, id string) string {
	return fmt.Sprintf("  /auth/%s/login:\n    get:\n      operationId: login%s\n      responses: { \"204\": { description: In. } }\n", parameter, id)
}

// post is an operation whose body has these properties.
func post(properties string) string {
	return "  /more:\n    post:\n      operationId: addNote\n      requestBody: { content: { application/json: { schema: { type: object, properties: " + properties +
		" } } } }\n      responses: { \"204\": { description: New. } }\n"
}

// whole is an operation whose answer has a part with these properties.
func whole(properties string) string {
	return "  /whole:\n    get:\n      operationId: getWhole\n      responses: { \"200\": { description: Whole., content: { application/json: { schema: { " +
		"allOf: [ { type: object, properties: { text: { type: string } } }, { type: object, properties: " + properties + " } ] } } } } }\n"
}

// told is all changes but those of symbols, a line each.
func told(c change.Changes) []string {
	var lines []string
	for _, op := range c.Operations {
		lines = append(lines, fmt.Sprintf("%s %s %s", op.Kind, op.Method, op.Path))
	}
	for _, t := range c.Types {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", t.Kind, t.Name, t.Was, t.Is)))
		for _, m := range t.Members {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s.%s %s %s", m.Kind, t.Name, m.Name, m.Was, m.Is)))
		}
	}
	for _, w := range c.Wire {
		lines = append(lines, fmt.Sprintf("%s %s in %s", w.Level, w.Rule, strings.Join(w.Operations, ", ")))
	}
	return lines
}

func TestBetween(t *testing.T) {
	const remove = "    delete:\n      operationId: deleteNote\n      parameters: [{ name: noteId, in: path, required: true, schema: { type: integer } }]\n      responses: { \"204\": { description: Gone. } }\n"
	for _, test := range []struct {
		name    string
		was, is []string
		breaks  int
		told    []string
		symbols []string
	}{
		{name: "nothing"},
		{name: "words only", is: []string{"description: All.", "description: Every one."}},
		{
			name: "an operation is added", was: []string{remove, ""},
			told: []string{"added DELETE /notes/{noteId}"},
		},
		{
			name: "an operation is removed", is: []string{remove, ""}, breaks: 1,
			told:    []string{"removed DELETE /notes/{noteId}"},
			symbols: []string{"removed DeleteNoteRequestObject", "removed DeleteNoteResponseObject", "removed StrictServerInterface.DeleteNote"},
		},
		{
			name: "an operationId changes", is: []string{"operationId: getNote", "operationId: readNote"},
			told:    []string{"renamed GET /notes/{noteId}"},
			symbols: []string{"removed GetNoteRequestObject", "removed StrictServerInterface.GetNote"},
		},
		{
			name: "a path parameter is called otherwise", is: []string{"noteId", "id"},
			symbols: []string{"removed GetNoteRequestObject.NoteID", "removed DeleteNoteRequestObject.NoteID"},
			told:    []string{},
		},
		{
			name: "a property is removed", is: []string{"        stars: { type: integer }\n", ""},
			told: []string{
				"changed GET /notes", "changed GET /notes/{noteId}", "changed Note", "removed Note.stars *int",
				"compatible response-optional-property-removed in GET /notes", "compatible response-optional-property-removed in GET /notes/{noteId}",
			},
			symbols: []string{"removed Note.Stars"},
		},
		{
			name: "a property has another type", is: []string{"text: { type: string }", "text: { type: integer }"}, breaks: 2,
			told: []string{
				"changed GET /notes", "changed GET /notes/{noteId}", "changed Note", "changed Note.text string int",
				"breaking response-property-type-changed in GET /notes", "breaking response-property-type-changed in GET /notes/{noteId}",
			},
			symbols: []string{"changed Note.Text"},
		},
		{
			name: "what breaks has the version of before", was: []string{`version: "1"`, "version: 1.0.0"},
			is: []string{`version: "1"`, "version: 1.0.0", "id: { type: integer }", "id: { type: string }"}, breaks: 2,
			told: []string{
				"changed GET /notes", "changed GET /notes/{noteId}", "changed Note", "changed Note.id int string",
				"breaking response-property-type-changed in GET /notes", "breaking response-property-type-changed in GET /notes/{noteId}",
			},
			symbols: []string{"changed Note.ID"},
		},
		{
			name: "a property of a part has another type", breaks: 1,
			was:     []string{remove, whole("{ stars: { type: integer } }")},
			is:      []string{remove, whole("{ stars: { type: string } }")},
			told:    []string{"changed GET /whole", "changed GetWholeResponse", "changed GetWholeResponse.stars *int *string", "breaking response-property-type-changed in GET /whole"},
			symbols: []string{"changed GetWholeResponse.Stars"},
		},
		{
			name: "a value is removed", is: []string{"[red, blue]", "[red]"},
			symbols: []string{"removed ColorBlue"},
			told: []string{
				"changed GET /notes", "changed GET /notes/{noteId}", "changed Color", `removed Color."blue"`,
				"compatible response-property-enum-value-removed in GET /notes", "compatible response-property-enum-value-removed in GET /notes/{noteId}",
			},
		},
		{
			name: "paths that differ in their parameters only",
			was:  []string{"paths:\n", "paths:\n" + two("{a}", "A") + two("{b}", "B")},
			is:   []string{"paths:\n", "paths:\n" + two("{a}", "A")}, breaks: 1,
			told:    []string{"removed GET /auth/{b}/login"},
			symbols: []string{"removed LoginBRequestObject"},
		},
		{
			name: "a parameter is removed", is: []string{"        - { name: limit, in: query, schema: { type: integer } }\n", "        []\n"},
			told:    []string{"changed GET /notes", "risky request-parameter-removed in GET /notes"},
			symbols: []string{"removed ListNotesParams", "removed ListNotesRequestObject.Params"},
		},
		{
			name: "a property that requests may still have is removed", was: []string{remove, post("{ text: { type: string }, stars: { type: integer } }")},
			is:      []string{remove, post("{ text: { type: string } }")},
			told:    []string{"changed POST /more", "changed AddNoteRequest", "removed AddNoteRequest.stars *int", "risky request-property-removed in POST /more"},
			symbols: []string{"removed AddNoteRequest.Stars"},
		},
		{
			name: "a property that requests may not have any more is removed", breaks: 1,
			was:     []string{remove, post("{ of: { properties: { text: { type: string }, stars: { type: integer } }, additionalProperties: false } }")},
			is:      []string{remove, post("{ of: { properties: { text: { type: string } }, additionalProperties: false } }")},
			told:    []string{"changed POST /more", "changed AddNoteRequestOf", "removed AddNoteRequestOf.stars *int", "breaking request-property-removed in POST /more"},
			symbols: []string{"removed AddNoteRequestOf.Stars"},
		},
		{
			name: "requests may no longer have what the document does not name",
			was:  []string{remove, post("{ text: { type: string } }")},
			is:   []string{remove, post("{ text: { type: string } }, additionalProperties: false")},
			told: []string{"changed POST /more", "risky request-object-closed in POST /more"},
		},
		{
			name: "nor what it said that they may have", breaks: 1,
			was:     []string{remove, post("{ of: { properties: { text: { type: string } }, additionalProperties: { type: string } } }")},
			is:      []string{remove, post("{ of: { properties: { text: { type: string } }, additionalProperties: false } }")},
			told:    []string{"changed POST /more", "breaking request-object-closed in POST /more"},
			symbols: []string{"removed AddNoteRequestOf.AdditionalProperties"},
		},
		{
			name: "what was meant is said",
			was:  []string{remove, post("{ of: { type: array, items: { $ref: '#/components/schemas/Note' } } }")},
			is:   []string{remove, post("{ of: { type: array, items: { $ref: '#/components/schemas/Note' } } }, additionalProperties: true")},
			told: []string{},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			changes, err := change.Between(side(t, test.was...), side(t, test.is...))
			if err != nil {
				t.Fatal(err)
			}
			if got := told(changes); test.told != nil && !slices.Equal(got, test.told) {
				t.Errorf("told:\n%s", cmp.Diff(test.told, got))
			}
			if got := changes.Breaks(); got != test.breaks {
				t.Errorf("%d break, want %d", got, test.breaks)
			}
			var symbols []string
			for _, s := range changes.Symbols {
				symbols = append(symbols, string(s.Kind)+" "+s.Name)
			}
			for _, want := range test.symbols {
				if !slices.Contains(symbols, want) {
					t.Errorf("symbols %q lack %q", symbols, want)
				}
			}
			if len(test.symbols) == 0 && len(symbols) > 0 {
				t.Errorf("symbols %q, want none", symbols)
			}
		})
	}
}

func TestSubjects(t *testing.T) {
	subjects := change.SubjectsOf(side(t).API)
	for symbol, want := range map[string]string{
		"Note":                            "schema Note",
		"Note.Stars":                      "property stars of Note",
		"ColorBlue":                       `value "blue" of Color`,
		"ListNotesParams":                 "GET /notes",
		"ListNotesParams.Limit":           "query parameter limit of GET /notes",
		"GetNoteRequestObject.NoteID":     "path parameter noteId of GET /notes/{noteId}",
		"GetNote200JSONResponse":          "answer 200 of GET /notes/{noteId}",
		"StrictServerInterface.ListNotes": "GET /notes",
		"StrictServerInterface":           "",
	} {
		if got := subjects.Of(symbol).Text; got != want {
			t.Errorf("%s is %q, want %q", symbol, got, want)
		}
	}
}
