package main

import (
	"time"

	"github.com/pquerna/otp/totp"
)

// secondStep sets the owner's up, renews the recovery codes, and turns it off again.
func (c *contract) secondStep() {
	c.t.Helper()
	c.call("readSecondStep", nil)
	secret := c.call("beginSecondStep", object{"password": "nine kind words before noon"})["secret"].(string)
	code, err := totp.GenerateCode(secret, time.Now())
	if err != nil {
		c.t.Fatal(err)
	}
	codes := c.call("confirmSecondStep", object{"code": code})["codes"].([]any)
	codes = c.call("renewRecoveryCodes", object{"code": codes[0]})["codes"].([]any)
	c.call("turnOffSecondStep", object{"password": "nine kind words before noon", "code": codes[0]})
}
