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
            To = reader.AddressOrNone("to"),
            Gas = reader.UInt64("gas") ?? reader.UInt64("gasLimit"),
            GasPrice = reader.Quantity("gasPrice"),
            MaxFeePerGas = reader.Quantity("maxFeePerGas"),
            MaxPriorityFeePerGas = reader.Quantity("maxPriorityFeePerGas"),
            Value = reader.Quantity("value"),
            Nonce = reader.UInt64("nonce"),
            Input = input ?? data ?? default,
            AccessList = reader.List("accessList", ReadAccessListEntry),
            MaxFeePerBlobGas = reader.Quantity("maxFeePerBlobGas"),
            BlobVersionedHashes = reader.List("blobVersionedHashes", ReadHash),
            Blobs = reader.List("blobs", ReadBytes),
            Commitments = reader.List("commitments", ReadBytes),
            Proofs = reader.List("proofs", ReadBytes),
            AuthorizationList = reader.List("authorizationList", ReadAuthorization),
            ChainId = reader.Quantity("chainId"),
        };
        if (request.GasPrice is not null && (request.MaxFeePerGas ?? request.MaxPriorityFeePerGas) is not null)
        {
            reader.Note("gasPrice", "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
        }

        return (request, reader.Wrong);
    }

    private static (ReadOnlyMemory<byte> Value, string? Wrong) ReadBytes(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadData(element, out ReadOnlyMemory<byte> bytes);
        return (bytes, wrong);
    }

    private static (Hash256 Value, string? Wrong) ReadHash(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadHash(element, out Hash256 hash);
        return (hash, wrong);
    }

    private static (AccessListEntry Value, string? Wrong) ReadAccessListEntry(JsonElement element)
    {
        ObjectReader reader = new(element);
        Address? address = reader.Address("address");
        IReadOnlyList<UInt256>? slots = reader.List("storageKeys", ReadSlot);
        reader.Note("address", address is null ? "missing" : null);
        return (new AccessListEntry(address ?? default, slots ?? []), reader.Wrong);
    }

    private static (UInt256 Value, string? Wrong) ReadSlot(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadSlot(element, out UInt256 slot);
        return (slot, wrong);
    }

    private static (Authorization Value, string? Wrong) ReadAuthorization(JsonElement element)
    {
        ObjectReader reader = new(element);
        Address? address = reader.Address("address");
        reader.Note("address", address is null ? "missing" : null);
        ulong parity = reader.UInt64("yParity") ?? reader.UInt64("v") ?? 0;
        Authorization authorization = new()
        {
            ChainId = reader.Quantity("chainId") ?? UInt256.Zero,
            Address = address ?? default,
            Nonce = reader.UInt64("nonce") ?? 0,
            YParity = (byte)Math.Min(parity is 27 or 28 ? parity - 27 : parity, byte.MaxValue),
            R = reader.Quantity("r") ?? UInt256.Zero,
            S = reader.Quantity("s") ?? UInt256.Zero,
        };
        return (authorization, reader.Wrong);
    }
}
