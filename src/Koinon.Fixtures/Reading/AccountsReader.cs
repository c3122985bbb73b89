using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Fixtures.Reading;

/// <summary>Accounts as fixtures write them: address to balance, nonce, code and storage.</summary>
internal static class AccountsReader
{
    /// <summary>Reads accounts as the changes that lead to them from an empty state.</summary>
    internal static StateChanges Read(JsonElement accounts)
    {
        StateChanges changes = new();
        foreach (JsonProperty account in accounts.EnumerateObject())
        {
            AccountChange change = changes.Of(account.NameAsAddress());
            byte[] code = account.Value.TryField("code", out JsonElement text) ? text.Bytes() : [];
            Hash256 codeHash = Account.NoCode;
            if (code.Length > 0)
            {
                codeHash = Hash256.Keccak(code);
                changes.Codes[codeHash] = code;
            }

            UInt256 balance = account.Value.Word("balance", UInt256.Zero);
            change.Account = new Account(account.Value.Number("nonce", 0), balance, codeHash);
            if (!account.Value.TryField("storage", out JsonElement storage)) continue;
            foreach (JsonProperty slot in storage.EnumerateObject())
            {
                UInt256 value = slot.Value.Word();
                if (!value.IsZero) change.Slots[slot.NameAsWord()] = value;
            }
        }

        return changes;
    }
}
