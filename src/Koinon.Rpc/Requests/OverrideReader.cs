using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Requests;

/// <summary>Reads what a question wants to be different: accounts, and the block it runs in.</summary>
internal static class OverrideReader
{
    /// <summary>Reads the overrides of accounts: an object of addresses.</summary>
    public static (IReadOnlyList<StateOverride> Value, string? Wrong) ReadState(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return ([], "not an object of addresses");
        }

        Dictionary<Address, StateOverride> overrides = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!Address.TryParse(member.Name, out Address address))
            {
                return ([], $"\"{Shorten(member.Name)}\" is not an address: 40 hex digits after 0x are expected");
            }

            (StateOverride account, string? wrong) = ReadAccount(address, member.Value);
            if (wrong is not null)
            {
                return ([], $"{member.Name}: {wrong}");
            }

            overrides[address] = account;
        }

        return ([.. overrides.Values], null);
    }

    /// <summary>Reads the overrides of a block; older names of geth's are read as well.</summary>
    public static (BlockOverride Value, string? Wrong) ReadBlock(JsonElement element)
    {
        ObjectReader reader = new(element);
        BlockOverride block = new()
        {
            Number = reader.UInt64("number"),
            Difficulty = reader.Quantity("difficulty"),
            Time = reader.UInt64("time") ?? reader.UInt64("timestamp"),
            GasLimit = reader.UInt64("gasLimit"),
            FeeRecipient = reader.Address("feeRecipient") ?? reader.Address("coinbase"),
            PrevRandao = reader.Word("prevRandao") ?? reader.Word("random"),
            BaseFee = reader.Quantity("baseFeePerGas") ?? reader.Quantity("baseFee"),
            BlobBaseFee = reader.Quantity("blobBaseFee"),
            BeaconRoot = reader.Hash("beaconRoot") ?? reader.Hash("parentBeaconBlockRoot"),
            Withdrawals = reader.List("withdrawals", ReadWithdrawal),
        };
        return (block, reader.Wrong);
    }

    private static (StateOverride Value, string? Wrong) ReadAccount(in Address address, JsonElement element)
    {
        ObjectReader reader = new(element);
        StateOverride account = new(address)
        {
            Nonce = reader.UInt64("nonce"),
            Balance = reader.Quantity("balance"),
            Code = reader.Data("code"),
            State = reader.Value("state", ReadSlots),
            StateDifference = reader.Value("stateDiff", ReadSlots),
            MovePrecompileTo = reader.Address("movePrecompileToAddress"),
        };
        if (account.State is not null && account.StateDifference is not null)
        {
            reader.Note("state", $"account {address} has both 'state' and 'stateDiff'");
        }

        return (account, reader.Wrong);
    }

    private static (IReadOnlyDictionary<UInt256, UInt256>? Value, string? Wrong) ReadSlots(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, "not an object of slots");
        }

        Dictionary<UInt256, UInt256> slots = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!IsWord(member.Name) || !UInt256.TryParse(member.Name, out UInt256 slot))
            {
                return (null, $"\"{Shorten(member.Name)}\" is not a storage key: up to 64 hex digits after 0x");
            }

            if (JsonValueReader.ReadSlot(member.Value, out UInt256 value) is { } wrong)
            {
                return (null, $"{Shorten(member.Name)}: {wrong}");
            }

            slots[slot] = value;
        }

        return (slots, null);
    }

    private static (Withdrawal Value, string? Wrong) ReadWithdrawal(JsonElement element)
    {
        ObjectReader reader = new(element);
        Withdrawal withdrawal = new(
            reader.UInt64("index") ?? 0,
            reader.UInt64("validatorIndex") ?? 0,
            reader.Address("address") ?? Address.Zero,
            reader.UInt64("amount") ?? 0);
        return (withdrawal, reader.Wrong);
    }

    private static bool IsWord(string text) =>
        text.Length is > 2 and <= 66 && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
