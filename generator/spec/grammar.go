package spec

// kind is what OpenAPI calls an object.
type kind uint8

const (
	noKind kind = iota
	kindDocument
	kindInfo
	kindContact
	kindLicense
	kindServer
	kindServerVariable
	kindTag
	kindExternalDocs
	kindComponents
	kindPaths
	kindPathItem
	kindOperation
	kindParameter
	kindHeader
	kindRequestBody
	kindResponses
	kindResponse
	kindMediaType
	kindEncoding
	kindExample
	kindLink
	kindCallback
	kindSchema
	kindDiscriminator
	kindXML
	kindSecurityScheme
	kindOAuthFlows
	kindOAuthFlow
)

func (k kind) String() string { return grammar[k].name }

// form is how the value of a field is written.
type form uint8

const (
	formAny      form = iota
	formText          // a string
	formTexts         // a list of strings
	formBool          // true or false
	formCount         // an integer, not negative
	formNumber        // a number
	formValues        // a list of anything
	formOne           // one object
	formMap           // objects by name
	formList          // a list of objects
	formSwitch        // a schema, or true or false
	formNeeds         // security requirements: a list of objects of lists of strings
	formTextMap       // strings by name
	formBound         // a number in 3.1, a boolean in 3.0
	formObject        // an object of anything
	formTextsMap      // lists of strings by name
)

// field is one key of an object: how its value is written, and of which kind of object.
type field struct {
	form form
	of   kind
}

// object describes the objects of one kind.
type object struct {
	name     string
	fields   map[string]field
	values   kind     // of a map: what is at every key that is not in fields
	required []string // reported when they are missing
	ref      bool     // a $ref may stand for it
	section  string   // the key of components that holds it
}

func one(of kind) field    { return field{form: formOne, of: of} }
func mapOf(of kind) field  { return field{form: formMap, of: of} }
func listOf(of kind) field { return field{form: formList, of: of} }

// structural says whether losing the field changes what the API does.
func (f field) structural() bool {
	return f.form == formOne || f.form == formMap || f.form == formList
}

// kindAt returns the kind of object that a pointer names, noKind for what is none.
func kindAt(parts []string) kind {
	at := one(kindDocument)
	for _, part := range parts {
		if at.form != formOne { // inside of a map or a list, any part names an object
			at = one(at.of)
			continue
		}
		object := grammar[at.of]
		next, known := object.fields[part]
		switch {
		case known && (next.structural() || next.form == formSwitch):
			at = next
			if next.form == formSwitch {
				at = one(next.of)
			}
		case !known && object.values != noKind:
			at = one(object.values)
		default:
			return noKind
		}
	}
	if at.form != formOne {
		return noKind
	}
	return at.of
}
