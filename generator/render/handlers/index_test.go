package handlers

import (
	"slices"
	"testing"

	"gen/generator/model"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

func TestIndexes(t *testing.T) {
	most := uint64(200)
	field := func(name string, t model.Type) *model.Field { return &model.Field{Name: name, Type: &t} }
	status := field("status", model.Type{Kind: model.String, Enum: []model.EnumValue{{Value: "draft"}}})
	slug := field("slug", model.Type{Kind: model.String, Schema: &openapi3.Schema{}})
	title := field("pageTitle", model.Type{Kind: model.String, Schema: &openapi3.Schema{MaxLength: &most}})
	rating := field("rating", model.Type{Kind: model.Number})
	made := field("createdAt", model.Type{Kind: model.String, Format: "date-time"})
	list := &model.Operation{}
	list.List = &model.Listing{
		Filters: []model.Filter{
			{Field: status, Match: model.Equal},
			{Field: field("it's", model.Type{Kind: model.Array}), Match: model.Contains},
			{Field: slug, Match: model.Equal},
			{Field: title, Match: model.Search},
			{Field: made, Match: model.AtLeast},
			{Field: field("name", model.Type{Kind: model.String}), Match: model.Equal},
			{Field: field("owner.id", model.Type{Kind: model.Integer}), Match: model.Equal},
		},
		SortBy: []*model.Field{made, title, rating, slug},
	}
	r := &model.Resource{Name: "posts", Unique: []string{"name"}, Operations: []*model.Operation{{}, list}}
	list.Resource = r
	want := []Index{
		{"posts_by_status", "(data ->> 'status', seq)", `(_text(data -> 'status') COLLATE "C", seq)`},
		{"posts_by_it_s", "", "USING gin ((data -> 'it''s') jsonb_path_ops)"},
		{"posts_by_slug", "(data ->> 'slug', seq)", `USING hash (_text(data -> 'slug') COLLATE "C")`},
		{"posts_by_created_at", "", `(_instant(data ->> 'createdAt') COLLATE "C", seq)`},
		{"posts_by_page_title", "", `(_text(data -> 'pageTitle') COLLATE "C", seq)`},
		{"posts_by_rating", "", "(_number(data -> 'rating'), seq)"},
		{"posts_by_rating_down", "", "(_number(data -> 'rating') DESC, seq)"},
	}
	if diff := cmp.Diff(want, indexes(r)); diff != "" {
		t.Errorf("indexes (-want +got):\n%s", diff)
	}
	r.Parents = []*model.Param{{In: "path"}}
	list.Params = r.Parents
	nested := Index{"posts_by_status", "(parent, data ->> 'status', seq)", `(parent, _text(data -> 'status') COLLATE "C", seq)`}
	if got := indexes(r)[0]; got != nested {
		t.Errorf("nested: %+v", got)
	}
	r.Shallow = true
	of, all := *list, Index{"posts_of_all_by_status", want[0].SQLite, want[0].Postgres}
	of.Nested = true
	r.Operations = append(r.Operations, &of)
	if got := indexes(r); got[0] != all || !slices.Contains(got, nested) {
		t.Errorf("of all, and nested: %+v", got)
	}
}
