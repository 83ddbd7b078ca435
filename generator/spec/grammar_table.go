package spec

var (
	anything = field{form: formAny}
	text     = field{form: formText}
	texts    = field{form: formTexts}
	boolean  = field{form: formBool}
	count    = field{form: formCount}
	number   = field{form: formNumber}
	values   = field{form: formValues}
	needs    = field{form: formNeeds}
	textMap  = field{form: formTextMap}
	bound    = field{form: formBound}
	mapping  = field{form: formObject}
	textsMap = field{form: formTextsMap}
	schemaOr = field{form: formSwitch, of: kindSchema}
)

// grammar is OpenAPI 3.0, 3.1 and 3.2 in one table. What a version does not have yet is no error.
var grammar = map[kind]object{
	kindDocument: {name: "the document", fields: map[string]field{
		"openapi": text, "$self": text, "info": one(kindInfo), "jsonSchemaDialect": text, "servers": listOf(kindServer),
		"paths": one(kindPaths), "webhooks": mapOf(kindPathItem), "components": one(kindComponents),
		"security": needs, "tags": listOf(kindTag), "externalDocs": one(kindExternalDocs),
	}},
	kindInfo: {name: "info", fields: map[string]field{
		"title": text, "summary": text, "description": text, "termsOfService": text,
		"contact": one(kindContact), "license": one(kindLicense), "version": text,
	}},
	kindContact: {name: "contact", fields: map[string]field{"name": text, "url": text, "email": text}},
	kindLicense: {name: "license", fields: map[string]field{"name": text, "identifier": text, "url": text}},
	kindServer: {name: "a server", required: []string{"url"}, fields: map[string]field{
		"url": text, "name": text, "description": text, "variables": mapOf(kindServerVariable),
	}},
	kindServerVariable: {name: "a server variable", fields: map[string]field{
		"enum": texts, "default": text, "description": text,
	}},
	kindTag: {name: "a tag", required: []string{"name"}, fields: map[string]field{
		"name": text, "summary": text, "description": text, "externalDocs": one(kindExternalDocs), "parent": text, "kind": text,
	}},
	kindExternalDocs: {name: "externalDocs", fields: map[string]field{"description": text, "url": text}},
	kindComponents: {name: "components", fields: map[string]field{
		"schemas": mapOf(kindSchema), "responses": mapOf(kindResponse), "parameters": mapOf(kindParameter),
		"examples": mapOf(kindExample), "requestBodies": mapOf(kindRequestBody), "headers": mapOf(kindHeader),
		"securitySchemes": mapOf(kindSecurityScheme), "links": mapOf(kindLink), "callbacks": mapOf(kindCallback),
		"pathItems": mapOf(kindPathItem), "mediaTypes": anything,
	}},
	kindPaths: {name: "paths", values: kindPathItem},
	kindPathItem: {name: "a path", ref: true, section: "pathItems", fields: map[string]field{
		"summary": text, "description": text, "servers": listOf(kindServer), "parameters": listOf(kindParameter),
		"get": one(kindOperation), "put": one(kindOperation), "post": one(kindOperation), "delete": one(kindOperation),
		"options": one(kindOperation), "head": one(kindOperation), "patch": one(kindOperation), "trace": one(kindOperation),
		"connect": one(kindOperation), "query": one(kindOperation), "additionalOperations": mapOf(kindOperation),
	}},
	kindOperation: {name: "an operation", fields: map[string]field{
		"tags": texts, "summary": text, "description": text, "externalDocs": one(kindExternalDocs), "operationId": text,
		"parameters": listOf(kindParameter), "requestBody": one(kindRequestBody), "responses": one(kindResponses),
		"callbacks": mapOf(kindCallback), "deprecated": boolean, "security": needs, "servers": listOf(kindServer),
	}},
	kindParameter: {name: "a parameter", ref: true, section: "parameters", required: []string{"name"}, fields: map[string]field{
		"name": text, "in": text, "description": text, "required": boolean, "deprecated": boolean, "allowEmptyValue": boolean,
		"style": text, "explode": boolean, "allowReserved": boolean, "schema": one(kindSchema), "example": anything,
		"examples": mapOf(kindExample), "content": mapOf(kindMediaType),
	}},
	kindHeader: {name: "a header", ref: true, section: "headers", fields: map[string]field{
		"description": text, "required": boolean, "deprecated": boolean, "allowEmptyValue": boolean, "style": text,
		"explode": boolean, "allowReserved": boolean, "schema": one(kindSchema), "example": anything,
		"examples": mapOf(kindExample), "content": mapOf(kindMediaType),
	}},
	kindRequestBody: {name: "a request body", ref: true, section: "requestBodies", fields: map[string]field{
		"description": text, "content": mapOf(kindMediaType), "required": boolean,
	}},
	kindResponses: {name: "responses", values: kindResponse},
	kindResponse: {name: "a response", ref: true, section: "responses", fields: map[string]field{
		"summary": text, "description": text, "headers": mapOf(kindHeader), "content": mapOf(kindMediaType), "links": mapOf(kindLink),
	}},
	kindMediaType: {name: "a media type", ref: true, section: "mediaTypes", fields: map[string]field{
		"schema": one(kindSchema), "itemSchema": one(kindSchema), "example": anything, "examples": mapOf(kindExample),
		"encoding": mapOf(kindEncoding), "prefixEncoding": listOf(kindEncoding), "itemEncoding": one(kindEncoding),
	}},
	kindEncoding: {name: "an encoding", fields: map[string]field{
		"contentType": text, "headers": mapOf(kindHeader), "style": text, "explode": boolean, "allowReserved": boolean,
		"encoding": mapOf(kindEncoding), "prefixEncoding": listOf(kindEncoding), "itemEncoding": one(kindEncoding),
	}},
	kindExample: {name: "an example", ref: true, section: "examples", fields: map[string]field{
		"summary": text, "description": text, "value": anything, "externalValue": text, "dataValue": anything, "serializedValue": text,
	}},
	kindLink: {name: "a link", ref: true, section: "links", fields: map[string]field{
		"operationRef": text, "operationId": text, "parameters": mapping, "requestBody": anything, "description": text,
		"server": one(kindServer),
	}},
	kindCallback: {name: "a callback", ref: true, section: "callbacks", values: kindPathItem},
	kindSchema:   {name: "a schema", ref: true, section: "schemas", fields: schemaFields},
	kindDiscriminator: {name: "a discriminator", fields: map[string]field{
		"propertyName": text, "mapping": textMap, "defaultMapping": text,
	}},
	kindXML: {name: "xml", fields: map[string]field{
		"name": text, "namespace": text, "prefix": text, "attribute": boolean, "wrapped": boolean, "nodeType": text,
	}},
	kindSecurityScheme: {name: "a security scheme", ref: true, section: "securitySchemes", required: []string{"type"}, fields: map[string]field{
		"type": text, "description": text, "name": text, "in": text, "scheme": text, "bearerFormat": text,
		"flows": one(kindOAuthFlows), "openIdConnectUrl": text, "oauth2MetadataUrl": text, "deprecated": boolean,
	}},
	kindOAuthFlows: {name: "flows", fields: map[string]field{
		"implicit": one(kindOAuthFlow), "password": one(kindOAuthFlow), "clientCredentials": one(kindOAuthFlow),
		"authorizationCode": one(kindOAuthFlow), "deviceAuthorization": one(kindOAuthFlow),
	}},
	kindOAuthFlow: {name: "a flow", fields: map[string]field{
		"authorizationUrl": text, "tokenUrl": text, "refreshUrl": text, "scopes": textMap, "deviceAuthorizationUrl": text,
	}},
}

var schemaFields = map[string]field{
	"title": text, "description": text, "type": anything, "format": text, "enum": values, "const": anything,
	"default": anything, "example": anything, "examples": values, "nullable": boolean, "readOnly": boolean,
	"writeOnly": boolean, "deprecated": boolean, "externalDocs": one(kindExternalDocs), "xml": one(kindXML),
	"discriminator": one(kindDiscriminator),

	"multipleOf": number, "minimum": number, "maximum": number, "exclusiveMinimum": bound, "exclusiveMaximum": bound,
	"minLength": count, "maxLength": count, "pattern": text,
	"minItems": count, "maxItems": count, "uniqueItems": boolean, "minContains": count, "maxContains": count,
	"minProperties": count, "maxProperties": count, "required": texts, "dependentRequired": textsMap, "allowEmptyValue": boolean,

	"properties": mapOf(kindSchema), "patternProperties": mapOf(kindSchema), "dependentSchemas": mapOf(kindSchema),
	"additionalProperties": schemaOr, "unevaluatedProperties": schemaOr, "unevaluatedItems": schemaOr,
	"propertyNames": one(kindSchema), "items": one(kindSchema), "prefixItems": listOf(kindSchema), "contains": one(kindSchema),
	"allOf": listOf(kindSchema), "oneOf": listOf(kindSchema), "anyOf": listOf(kindSchema), "not": one(kindSchema),
	"if": one(kindSchema), "then": one(kindSchema), "else": one(kindSchema),

	"$defs": mapOf(kindSchema), "$id": text, "$schema": text, "$anchor": text, "$dynamicRef": text, "$dynamicAnchor": text,
	"$comment": text, "$vocabulary": anything, "contentEncoding": text, "contentMediaType": text, "contentSchema": one(kindSchema),
}
