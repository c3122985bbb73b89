using System.Text;
using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Fixtures.Reading;

/// <summary>Compares a state with the accounts that a fixture expects, without hashing either.</summary>
internal static class StateDifference
{
    private const int LinesMax = 20;

    /// <summary>What differs, a line each; <see langword="null"/> where nothing does.</summary>
    /// <param name="expected">The accounts of the fixture: all that there should be.</param>
    /// <param name="actual">The state.</param>
    internal static string? Find(JsonElement expected, WorldState actual)
    {
        List<string> lines = [];
        HashSet<Address> known = [];
        foreach (JsonProperty account in expected.EnumerateObject())
        {
            Address address = account.NameAsAddress();
            known.Add(address);
            CompareAccount(address, account.Value, actual, lines);
        }

        if (known.Count != actual.AccountCount || lines.Count > 0)
        {
            foreach ((Address address, Account _) in actual.EnumerateAccounts())
            {
                if (!known.Contains(address)) lines.Add($"{address}: expected absent, actual present");
            }
        }

        return lines.Count == 0 ? null : Join(lines);
    }

    private static void CompareAccount(Address address, JsonElement expected, WorldState actual, List<string> lines)
    {
        if (actual.ReadAccount(in address, out Account account) != ReadStatus.Found)
        {
            lines.Add($"{address}: expected present, actual absent");
            return;
        }

        UInt256 balance = expected.Word("balance", UInt256.Zero);
        if (balance != account.Balance) lines.Add($"{address} balance: expected {balance}, actual {account.Balance}");
        ulong nonce = expected.Number("nonce", 0);
        if (nonce != account.Nonce) lines.Add($"{address} nonce: expected {nonce}, actual {account.Nonce}");

        byte[] code = expected.TryField("code", out JsonElement text) ? text.Bytes() : [];
        Hash256 codeHash = account.CodeHash;
        actual.ReadCode(in codeHash, out ReadOnlyMemory<byte> actualCode);
        if (!actualCode.Span.SequenceEqual(code))
        {
            lines.Add($"{address} code: expected {Shorten(code)}, actual {Shorten(actualCode.Span)}");
        }

        if (expected.TryField("storage", out JsonElement storage)) CompareStorage(address, storage, actual, lines);
    }

    private static void CompareStorage(Address address, JsonElement expected, WorldState actual, List<string> lines)
    {
        Dictionary<UInt256, UInt256> slots = [];
        foreach (JsonProperty slot in expected.EnumerateObject())
        {
            UInt256 value = slot.Value.Word();
            if (!value.IsZero) slots[slot.NameAsWord()] = value;
        }

        foreach ((UInt256 slot, UInt256 value) in actual.EnumerateSlots(address))
        {
            slots.Remove(slot, out UInt256 right);
            if (right != value) lines.Add($"{address} slot {Show(slot)}: expected {Show(right)}, actual {Show(value)}");
        }

        foreach ((UInt256 slot, UInt256 right) in slots)
        {
            lines.Add($"{address} slot {Show(slot)}: expected {Show(right)}, actual 0x0");
        }
    }

    private static string Show(in UInt256 word) => Hash256.FromWord(in word).ToString();

    private static string Shorten(ReadOnlySpan<byte> code)
    {
        const int Longest = 24;
        return code.Length <= Longest
            ? Hex.Encode(code)
            : $"{Hex.Encode(code[..Longest])}... of {code.Length} bytes";
    }

    private static string Join(List<string> lines)
    {
        StringBuilder text = new();
        for (int i = 0; i < Math.Min(lines.Count, LinesMax); i++)
        {
            if (i > 0) text.Append('\n');
            text.Append(lines[i]);
        }

        if (lines.Count > LinesMax) text.Append($"\n... and {lines.Count - LinesMax} more differences");
        return text.ToString();
    }
}
