package door

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// maxIDs bounds how many ids one request names: they stand in its first line.
const maxIDs = 40

// IDs reads a list of ids, separated by commas, from the query.
func IDs(c *fiber.Ctx, name string) ([]string, error) {
	list := strings.Split(c.Query(name), ",")
	if len(list) > maxIDs {
		return nil, chat.FailField(name, "At most %d at once.", maxIDs)
	}
	for _, id := range list {
		if !chat.ValidID(id) {
			return nil, chat.FailField(name, "Name ids, separated by commas.")
		}
	}
	return list, nil
}
