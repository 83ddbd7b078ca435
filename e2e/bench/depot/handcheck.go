package depot

import (
	"encoding/json"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"

	"gen/e2e/bench/plain"
)

// bookingBody is what a client sends. CollectOn and Labels need no value; what they have before the body
// is read is nil afterwards if null was sent.
type bookingBody struct {
	From      *place            `json:"from"`
	To        *place            `json:"to"`
	Parcels   []parcelBody      `json:"parcels"`
	Payment   *payment          `json:"payment"`
	CollectOn *date             `json:"collectOn"`
	Labels    map[string]string `json:"labels"`
}

type place struct {
	Street   *string `json:"street"`
	City     *string `json:"city"`
	Postcode *string `json:"postcode"`
	Country  *string `json:"country"`
}

type parcelBody struct {
	Grams   *int32    `json:"grams"`
	Size    []float64 `json:"size"`
	Fragile *bool     `json:"fragile"`
	Content *string   `json:"content"`
}

type payment struct {
	Kind       string  `json:"kind"`
	Voucher    *string `json:"voucher,omitempty"`
	CostCentre *int64  `json:"costCentre,omitempty"`
}

// date is a day, 2026-03-09.
type date struct{ time.Time }

// MarshalJSON writes a full-date of RFC 3339.
func (d date) MarshalJSON() ([]byte, error) {
	return d.AppendFormat(make([]byte, 0, len(time.DateOnly)+2), `"`+time.DateOnly+`"`), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *date) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	at, err := time.Parse(time.DateOnly, text)
	d.Time = at
	return err
}

func newBookingBody() bookingBody {
	return bookingBody{CollectOn: &date{}, Labels: map[string]string{}}
}

// collectOn is nil where no day was sent.
func (b *bookingBody) collectOn() *date {
	if b.CollectOn.IsZero() {
		return nil
	}
	return b.CollectOn
}

// faults are what is wrong with a value; pointers begin at that value.
type faults []plain.Fault

// add adds what is wrong, unless that is "".
func (f *faults) add(pointer, detail string) {
	if detail != "" {
		*f = append(*f, plain.Fault{Pointer: pointer, Detail: detail})
	}
}

// under adds what is wrong with a part.
func (f *faults) under(pointer string, part faults) {
	for _, fault := range part {
		f.add(pointer+fault.Pointer, fault.Detail)
	}
}

func (b *bookingBody) check() faults {
	var f faults
	f.under("/from", b.From.check())
	f.under("/to", b.To.check())
	if len(b.Parcels) < 1 || len(b.Parcels) > 50 {
		f.add("/parcels", "must have 1 to 50 items")
	}
	for i := range b.Parcels {
		if wrong := b.Parcels[i].check(); wrong != nil {
			f.under("/parcels/"+strconv.Itoa(i), wrong)
		}
	}
	f.under("/payment", b.Payment.check())
	if b.CollectOn == nil {
		f.add("/collectOn", "must be a date")
	}
	if b.Labels == nil || len(b.Labels) > 10 {
		f.add("/labels", "must have at most 10 properties")
	}
	for name, label := range b.Labels {
		if utf8.RuneCountInString(label) > 40 {
			f.add("/labels/"+name, "must have at most 40 characters")
		}
	}
	return f
}

var (
	postcode = regexp.MustCompile(`^[0-9A-Z -]{3,10}$`)
	country  = regexp.MustCompile(`^[A-Z]{2}$`)
)

func (p *place) check() faults {
	var f faults
	if p == nil {
		f.add("", "is required")
		return f
	}
	f.add("/street", length(p.Street, 1, 100))
	f.add("/city", length(p.City, 1, 60))
	if p.Postcode == nil || !postcode.MatchString(*p.Postcode) {
		f.add("/postcode", "must be a postcode")
	}
	if p.Country == nil || !country.MatchString(*p.Country) {
		f.add("/country", "must be two capital letters")
	}
	return f
}

// length says what is wrong with the length of a text that must be there, "" for nothing.
func length(text *string, least, most int) string {
	if text == nil {
		return "is required"
	}
	if n := utf8.RuneCountInString(*text); n < least || n > most {
		return "must have " + strconv.Itoa(least) + " to " + strconv.Itoa(most) + " characters"
	}
	return ""
}

func (p *parcelBody) check() faults {
	var f faults
	if p.Grams == nil || *p.Grams < 1 || *p.Grams > 70000 {
		f.add("/grams", "must be from 1 to 70000")
	}
	if len(p.Size) != 3 {
		f.add("/size", "must have 3 items")
	}
	for i, side := range p.Size {
		if side <= 0 || side > 300 {
			f.add("/size/"+strconv.Itoa(i), "must be above 0 and at most 300")
		}
	}
	if p.Fragile == nil {
		f.add("/fragile", "is required")
	}
	f.add("/content", length(p.Content, 0, 200))
	return f
}

func (p *payment) check() faults {
	var f faults
	switch {
	case p == nil:
		f.add("", "is required")
	case p.Kind == "prepaid":
		f.add("/voucher", length(p.Voucher, 8, 20))
		if p.CostCentre != nil {
			f.add("/costCentre", "is of payments on account")
		}
	case p.Kind == "onAccount":
		if p.CostCentre == nil || *p.CostCentre < 1 {
			f.add("/costCentre", "must be 1 or more")
		}
		if p.Voucher != nil {
			f.add("/voucher", "is of what is prepaid")
		}
	default:
		f.add("/kind", "must be prepaid or onAccount")
	}
	return f
}
