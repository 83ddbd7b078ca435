package page

import (
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func all(t *testing.T) map[string]File {
	t.Helper()
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestFiles(t *testing.T) {
	files := all(t)
	tags := map[string]string{}
	for name, file := range files {
		if len(file.Content) == 0 || tags[file.ETag] != "" {
			t.Errorf("%s is empty, or has the ETag of %q", name, tags[file.ETag])
		}
		tags[file.ETag] = name
	}
	for name, want := range map[string]string{
		Index: "text/html; charset=utf-8", "main.js": "text/javascript; charset=utf-8",
		"page.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml",
	} {
		if got := files[name].Type; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestReferences holds that the page asks for files that there are, and for nothing elsewhere.
func TestReferences(t *testing.T) {
	files := all(t)
	reached := map[string]bool{Index: true}
	reference := regexp.MustCompile(`(?m)(?:src|href)="` + Folder + `([^"]+)"|^import .* from "\./([^"]+)"`)
	for name, file := range files {
		for _, found := range reference.FindAllStringSubmatch(string(file.Content), -1) {
			target := found[1] + found[2]
			if reached[target] = true; files[target].Content == nil {
				t.Errorf("%s needs %s, which is not there", name, target)
			}
		}
		if strings.Contains(strings.ReplaceAll(string(file.Content), "http://www.w3.org/", ""), "://") {
			t.Errorf("%s names another host", name)
		}
	}
	for name := range files {
		if !reached[name] {
			t.Errorf("nothing asks for %s", name)
		}
	}
}

// TestNoMarkupFromText names what would make markup or code of a string, and what the policy forbids.
func TestNoMarkupFromText(t *testing.T) {
	forbidden := regexp.MustCompile(`\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|document\.write|createContextualFragment|DOMParser|eval|new Function)\b|<style|\bstyle=|\son\w+=`)
	for name, file := range all(t) {
		if ext := path.Ext(name); ext != ".js" && ext != ".html" {
			continue
		}
		if found := forbidden.FindString(string(file.Content)); found != "" {
			t.Errorf("%s has %s", name, found)
		}
	}
}

// TestWords holds that both languages say everything, with the same values in it.
func TestWords(t *testing.T) {
	files := all(t)
	english, korean := words(t, files["english.js"]), words(t, files["korean.js"])
	used := usedWords(files)
	value := regexp.MustCompile(`\{\w+\}`)
	for key, text := range english {
		if korean[key] == "" {
			t.Errorf("there is no Korean for %s", key)
			continue
		}
		in, ko := value.FindAllString(text, -1), value.FindAllString(korean[key], -1)
		slices.Sort(in)
		slices.Sort(ko)
		if !slices.Equal(in, ko) {
			t.Errorf("%s: English has %v, Korean %v", key, in, ko)
		}
		if !used[key] {
			t.Errorf("nothing says %s", key)
		}
	}
	if len(english) < 50 || len(korean) != len(english) {
		t.Errorf("%d texts in English, %d in Korean", len(english), len(korean))
	}
}

func words(t *testing.T, file File) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, found := range regexp.MustCompile(`(\w+): ("[^"\n]*")`).FindAllStringSubmatch(string(file.Content), -1) {
		text, err := strconv.Unquote(found[2])
		if err != nil {
			t.Fatal(err)
		}
		texts[found[1]] = text
	}
	return texts
}

// usedWords are all strings of the modules: some keys are chosen before they are used.
func usedWords(files map[string]File) map[string]bool {
	used := map[string]bool{}
	for name, file := range files {
		if name == "english.js" || name == "korean.js" {
			continue
		}
		for _, found := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(string(file.Content), -1) {
			used[found[1]] = true
		}
	}
	return used
}

// TestContrast holds WCAG 2.2: text 4.5:1 against what it stands on, the edges of fields 3:1.
func TestContrast(t *testing.T) {
	style := string(all(t)["page.css"].Content)
	light, dark, ok := strings.Cut(style, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there are no dark colours")
	}
	for name, block := range map[string]string{"light": light, "dark": dark} {
		colors := palette(t, block)
		for _, pair := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 4.5}, {"ink", "raised", 4.5}, {"ink", "tint", 4.5}, {"ink", "warn", 4.5}, {"ink", "mark", 4.5},
			{"soft", "paper", 4.5}, {"soft", "raised", 4.5}, {"accent", "paper", 4.5}, {"accent", "raised", 4.5}, {"accent", "tint", 4.5},
			{"on-accent", "accent", 4.5}, {"danger", "raised", 4.5}, {"on-danger", "danger", 4.5}, {"paper", "ink", 4.5},
			{"edge", "paper", 3}, {"edge", "raised", 3},
		} {
			if got := contrast(colors[pair.front], colors[pair.back]); got < pair.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", name, pair.front, pair.back, got, pair.least)
			}
		}
	}
}

func palette(t *testing.T, block string) map[string][3]float64 {
	t.Helper()
	colors := map[string][3]float64{}
	for _, found := range regexp.MustCompile(`--([\w-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(block, -1) {
		value, err := strconv.ParseUint(found[2], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		colors[found[1]] = [3]float64{float64(value >> 16), float64(value >> 8 & 0xff), float64(value & 0xff)}
	}
	return colors
}

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is WCAG's relative one.
func luminance(color [3]float64) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		channel := color[i] / 255
		if channel <= 0.04045 {
			channel /= 12.92
		} else {
			channel = math.Pow((channel+0.055)/1.055, 2.4)
		}
		sum += weight * channel
	}
	return sum
}
