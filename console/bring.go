package console

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/intake"
	"rapport/hub/wire"
)

// problemsShown is how many problems of a file are told at most.
const problemsShown = 100

// importBody holds a file of chat.MaxImportBytes in JSON, most of it not escaped.
const importBody = 2 * chat.MaxImportBytes

// brought is what became of a file, or would.
type brought struct {
	ImportID string               `json:"import_id"`
	Added    int64                `json:"added"`
	Same     int64                `json:"same"`
	Wrong    int                  `json:"wrong"`
	Problems []chat.ImportProblem `json:"problems"`
	Headings []string             `json:"headings"`
}

// bringIn brings a file of people, orders or past conversations in, or says what would
// become of it.
func (d *Door) bringIn(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Kind     chat.ImportKind   `json:"kind"`
		As       string            `json:"as"`
		Name     string            `json:"name"`
		Text     string            `json:"text"`
		Headings map[string]string `json:"headings"`
		Dry      bool              `json:"dry_run"`
	}
	if err := door.Body(c, importBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	out := brought{Problems: []chat.ImportProblem{}, Headings: []string{}}
	if r.As == "csv" {
		if head, err := intake.Headings(r.Text); err == nil {
			out.Headings = head[:min(len(head), 100)]
		}
	}
	f, err := intake.Read(r.Kind, r.As, r.Text, r.Headings)
	if err != nil {
		var lacks *chat.Failure
		if r.Dry && errors.As(err, &lacks) && lacks.Field == "headings" {
			out.Problems, out.Wrong = []chat.ImportProblem{{Line: 1, Field: lacks.Field, Message: lacks.Message}}, 1
			return out, nil
		}
		return nil, err
	}
	in := chat.Import{SiteID: site, Kind: r.Kind, Name: chat.CleanLine(r.Name, chat.MaxTitle), By: chat.AgentCard{ID: me.agent.ID}}
	done, err := d.Desk.Bring(c.UserContext(), in, f.Items, r.Dry)
	if err != nil {
		return nil, err
	}
	wrong := append(f.Problems, done.Problems...)
	out.ImportID, out.Added, out.Same, out.Wrong = done.ImportID, done.Added, done.Same, len(wrong)
	out.Problems = append(out.Problems, wrong[:min(len(wrong), problemsShown)]...)
	return out, nil
}

// listImports is what was brought in on a site, latest first.
func (d *Door) listImports(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	list, err := d.Store.Imports(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	out := make([]wire.Import, 0, len(list))
	for i := range list {
		out = append(out, wire.NewImport(&list[i]))
	}
	return fiber.Map{"imports": out}, nil
}

// importExample is a small file to begin with.
func (d *Door) importExample(c *fiber.Ctx, _ *signedIn) (any, error) {
	if _, err := d.siteIn(c); err != nil {
		return nil, err
	}
	name, text := intake.Example(chat.ImportKind(c.Query("kind", string(chat.ImportPeople))))
	if text == "" {
		return nil, chat.FailField("kind", "A file holds people, orders or conversations.")
	}
	return fiber.Map{"name": name, "text": text}, nil
}

// undoImport takes away all that came with a file; people whom somebody has met since
// stay.
func (d *Door) undoImport(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, "imp")
	if err != nil {
		return nil, err
	}
	if !me.agent.May(chat.ErasePeople) {
		return nil, chat.Fail(chat.Forbidden, "Your role may not erase customers, and so not take an import away.")
	}
	gone, stay, err := d.Desk.UndoImport(c.UserContext(), me.actor(), site, id)
	for i := range gone {
		d.Hub.Erased(&gone[i])
	}
	if err != nil {
		return nil, err
	}
	return fiber.Map{"stay": stay}, nil
}

func (d *Door) purchases(ctx context.Context, personID string) ([]wire.Purchase, error) {
	list, err := d.Store.Purchases(ctx, personID)
	if err != nil {
		return nil, err
	}
	out := make([]wire.Purchase, 0, len(list))
	for i := range list {
		out = append(out, wire.NewPurchase(&list[i]))
	}
	return out, nil
}
