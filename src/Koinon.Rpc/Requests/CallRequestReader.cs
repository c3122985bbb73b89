using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Requests;

/// <summary>Reads call objects; members it does not know are ignored, as wallets and their tools need it.</summary>
internal static class CallRequestReader
{
    /// <summary>Reads a call object.</summary>
    /// <returns>The request, and what is wrong with it or <see langword="null"/>.</returns>
    public static (CallRequest Value, string? Wrong) Read(JsonElement element)
    {
        ObjectReader reader = new(element);
        ReadOnlyMemory<byte>? data = reader.Data("data");
        ReadOnlyMemory<byte>? input = reader.Data("input");
        if (data is { } one && input is { } other && !one.Span.SequenceEqual(other.Span))
        {
            reader.Note("input", "data and input name different bytes");
        }

        CallRequest request = new()
        {
            From = reader.Address("from"),
            To = reader.Address("to"),
            Gas = reader.UInt64("gas"),
            GasPrice = reader.Quantity("gasPrice"),
            MaxFeePerGas = reader.Quantity("maxFeePerGas"),
            MaxPriorityFeePerGas = reader.Quantity("maxPriorityFeePerGas"),
            Value = reader.Quantity("value"),
            Nonce = reader.UInt64("nonce"),
            Input = input ?? data ?? default,
            AccessList = ReadAccessList(ref reader),
            ChainId = reader.UInt64("chainId"),
        };
        if (request.GasPrice is not null && (request.MaxFeePerGas ?? request.MaxPriorityFeePerGas) is not null)
        {
            reader.Note("gasPrice", "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
        }

        return (request, reader.Wrong);
    }

    private static List<AccessListEntry>? ReadAccessList(ref ObjectReader reader)
    {
        if (!reader.Has("accessList", out JsonElement list))
        {
            return null;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            reader.Note("accessList", "not an array");
            return null;
        }

        List<AccessListEntry> entries = [];
        foreach (JsonElement element in list.EnumerateArray())
        {
            ObjectReader entry = new(element);
            Address? address = entry.Address("address");
            List<UInt256> slots = ReadSlots(ref entry);
            entry.Note("address", address is null ? "missing" : null);
            reader.Note("accessList", entry.Wrong);
            entries.Add(new AccessListEntry(address ?? default, slots));
        }

        return entries;
    }

    private static List<UInt256> ReadSlots(ref ObjectReader entry)
    {
        List<UInt256> slots = [];
        if (entry.Has("storageKeys", out JsonElement keys))
        {
            if (keys.ValueKind != JsonValueKind.Array)
            {
                entry.Note("storageKeys", "not an array");
                return slots;
            }

            foreach (JsonElement key in keys.EnumerateArray())
            {
                entry.Note("storageKeys", JsonValueReader.ReadSlot(key, out UInt256 slot));
                slots.Add(slot);
            }
        }

        return slots;
    }
}
