using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Cli.Commands;

/// <summary>A case of a file of speed cases: code, input, and what is known to come of it.</summary>
/// <param name="Name">The case's name.</param>
/// <param name="Code">The code of the contract called.</param>
/// <param name="Input">The call's data.</param>
/// <param name="GasUsed">Gas that the call must use.</param>
/// <param name="Returns">What it must return, or the beginning of it.</param>
/// <param name="IsWhole">Whether <paramref name="Returns"/> is the whole answer.</param>
/// <param name="Accounts">Code of further accounts.</param>
internal sealed record EvmCase(
    string Name,
    byte[] Code,
    byte[] Input,
    long GasUsed,
    byte[] Returns,
    bool IsWhole,
    IReadOnlyList<(Address Address, byte[] Code)> Accounts)
{
    /// <summary>Reads a case.</summary>
    /// <exception cref="FormatException">A value is malformed.</exception>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    /// <exception cref="InvalidOperationException">A field is of another kind.</exception>
    internal static EvmCase Read(JsonElement element)
    {
        bool isWhole = element.TryGetProperty("returns", out JsonElement returns);
        var accounts = new List<(Address, byte[])>();
        if (element.TryGetProperty("accounts", out JsonElement others))
        {
            foreach (JsonProperty account in others.EnumerateObject())
            {
                accounts.Add((Address.Parse(account.Name), HexOf(account.Value.GetProperty("code"))));
            }
        }

        return new EvmCase(
            element.GetProperty("name").GetString() ?? "",
            HexOf(element.GetProperty("code")),
            HexOf(element.GetProperty("input")),
            element.GetProperty("gasUsed").GetInt64(),
            HexOf(isWhole ? returns : element.GetProperty("returnsStart")),
            isWhole,
            accounts);
    }

    /// <summary>The accounts that the case needs.</summary>
    internal StateChanges StateFor(in Address contract)
    {
        var changes = new StateChanges();
        PutCode(changes, contract, Code);
        foreach ((Address address, byte[] code) in Accounts)
        {
            PutCode(changes, address, code);
        }

        return changes;
    }

    /// <summary>Gives an account code.</summary>
    internal static void PutCode(StateChanges changes, in Address address, byte[] code)
    {
        Hash256 hash = Hash256.Keccak(code);
        changes.Of(address).Account = new Account(1, UInt256.Zero, hash);
        if (code.Length > 0)
        {
            changes.Codes[hash] = code;
        }
    }

    private static byte[] HexOf(JsonElement element) => Hex.Decode(element.GetString());
}
