package api

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
)

// setHeader sets a header of an answer, unless value is a nil pointer.
func setHeader(w http.ResponseWriter, name string, value any) {
	v := reflect.ValueOf(value)
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		value = v.Elem().Interface()
	}
	w.Header().Set(name, fmt.Sprint(value))
}

// writeJSON answers with body as JSON. Nothing is sent if body cannot be encoded.
func writeJSON(w http.ResponseWriter, status int, contentType string, body any) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, err := buf.WriteTo(w)
	return err
}

// writeText answers with body as it is.
func writeText(w http.ResponseWriter, status int, contentType, body string) error {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, err := io.WriteString(w, body)
	return err
}

// writeStream answers with what body yields, and closes it if it can be closed. Events and lines of
// JSON are sent as they come. The length is in bytes, 0 if it is not known.
func writeStream(w http.ResponseWriter, status int, contentType string, body io.Reader, length int64) error {
	if closer, ok := body.(io.Closer); ok {
		defer func() { _ = closer.Close() }()
	}
	w.Header().Set("Content-Type", contentType)
	if length > 0 {
		w.Header().Set("Content-Length", strconv.FormatInt(length, 10))
	}
	w.WriteHeader(status)
	if body == nil {
		return nil
	}
	if !comesInPieces(contentType) {
		_, err := io.Copy(w, body)
		return err
	}
	return copyAndFlush(w, body)
}

// comesInPieces says that a client waits for each piece of such a body.
func comesInPieces(contentType string) bool {
	base, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(base)) {
	case "text/event-stream", "application/jsonl", "application/x-ndjson", "application/json-seq", "application/stream+json":
		return true
	}
	return false
}

func copyAndFlush(w http.ResponseWriter, body io.Reader) error {
	control := http.NewResponseController(w)
	if err := control.Flush(); err != nil {
		return err
	}
	piece := make([]byte, 4096)
	for {
		n, err := body.Read(piece)
		if n > 0 {
			if _, err := w.Write(piece[:n]); err != nil {
				return err
			}
			if err := control.Flush(); err != nil {
				return err
			}
		}
		switch err {
		case nil:
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}

// failed is the error of a handler that returned no answer: its own, if it has one.
func failed(op *Operation, err error) error {
	if err != nil {
		return err
	}
	return &Error{
		Status: http.StatusInternalServerError,
		Err:    fmt.Errorf("the handler of %s returned neither an answer nor an error", op.ID),
	}
}

// unread refuses a body of a documented media type that this server cannot read.
func unread(mediaType string, instead ...string) error {
	return &Error{
		Status: http.StatusUnsupportedMediaType,
		Detail: mediaType + " is not supported here; send " + strings.Join(instead, " or "),
	}
}

// unpack undoes the packing of the document: base64, gzip.
func unpack(packed string) ([]byte, error) {
	unzipped, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(packed)))
	if err != nil {
		return nil, fmt.Errorf("unpacking the OpenAPI document: %w", err)
	}
	document, err := io.ReadAll(unzipped)
	if err != nil {
		return nil, fmt.Errorf("unpacking the OpenAPI document: %w", err)
	}
	return document, nil
}
