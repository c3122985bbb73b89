using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Engine;

/// <summary>Reads the structures of the Engine API.</summary>
internal static class PayloadReader
{
    /// <summary>Reads a payload of any version.</summary>
    public static (ExecutionPayload Value, string? Wrong) ReadPayload(JsonElement element)
    {
        ObjectReader reader = new(element);
        ExecutionPayload payload = new()
        {
            ParentHash = Hash(ref reader, "parentHash"),
            FeeRecipient = Needed(ref reader, "feeRecipient", reader.Address("feeRecipient")),
            StateRoot = Hash(ref reader, "stateRoot"),
            ReceiptsRoot = Hash(ref reader, "receiptsRoot"),
            LogsBloom = ReadBloom(ref reader),
            PrevRandao = Hash(ref reader, "prevRandao"),
            BlockNumber = Number(ref reader, "blockNumber"),
            GasLimit = Number(ref reader, "gasLimit"),
            GasUsed = Number(ref reader, "gasUsed"),
            Timestamp = Number(ref reader, "timestamp"),
            ExtraData = Needed(ref reader, "extraData", reader.Data("extraData")),
            BaseFeePerGas = Needed(ref reader, "baseFeePerGas", reader.Quantity("baseFeePerGas")),
            BlockHash = Hash(ref reader, "blockHash"),
            Transactions = Needed(ref reader, "transactions", reader.List("transactions", ReadBytes)),
            Withdrawals = reader.List("withdrawals", ReadWithdrawal),
            BlobGasUsed = OptionalNumber(ref reader, "blobGasUsed"),
            ExcessBlobGas = OptionalNumber(ref reader, "excessBlobGas"),
        };
        return (payload, reader.Wrong);
    }

    /// <summary>Reads which blocks are head, safe and finalized.</summary>
    public static (ForkchoiceState Value, string? Wrong) ReadForkchoice(JsonElement element)
    {
        ObjectReader reader = new(element);
        ForkchoiceState state = new(
            Hash(ref reader, "headBlockHash"),
            Hash(ref reader, "safeBlockHash"),
            Hash(ref reader, "finalizedBlockHash"));
        return (state, reader.Wrong);
    }

    /// <summary>Reads what a new block is to be like.</summary>
    public static (PayloadAttributes Value, string? Wrong) ReadAttributes(JsonElement element)
    {
        ObjectReader reader = new(element);
        PayloadAttributes attributes = new(
            Number(ref reader, "timestamp"),
            Hash(ref reader, "prevRandao"),
            Needed(ref reader, "suggestedFeeRecipient", reader.Address("suggestedFeeRecipient")),
            reader.List("withdrawals", ReadWithdrawal),
            reader.Hash("parentBeaconBlockRoot"));
        return (attributes, reader.Wrong);
    }

    /// <summary>Reads a list of hashes.</summary>
    public static (IReadOnlyList<Hash256> Value, string? Wrong) ReadHashes(JsonElement element) =>
        ReadList(element, static item => (JsonValueReader.ReadHash(item, out Hash256 hash), hash));

    /// <summary>Reads a list of bytes.</summary>
    public static (IReadOnlyList<ReadOnlyMemory<byte>> Value, string? Wrong) ReadByteLists(JsonElement element) =>
        ReadList(element, static item => (JsonValueReader.ReadData(item, out ReadOnlyMemory<byte> bytes), bytes));

    /// <summary>Reads requests: each with its type first, in ascending order of types, none without data.</summary>
    public static (ExecutionRequests Value, string? Wrong) ReadRequests(JsonElement element)
    {
        (IReadOnlyList<ReadOnlyMemory<byte>> items, string? wrong) = ReadByteLists(element);
        List<ExecutionRequest> requests = new(items.Count);
        foreach (ReadOnlyMemory<byte> item in items)
        {
            if (item.Length < 2)
            {
                wrong ??= $"request {requests.Count}: a type and data are expected";
                break;
            }

            byte type = item.Span[0];
            if (requests.Count > 0 && type <= requests[^1].Type)
            {
                wrong ??= $"request {requests.Count}: type {type} after {requests[^1].Type}, types must rise";
                break;
            }

            requests.Add(new ExecutionRequest(type, item[1..]));
        }

        return (new ExecutionRequests(requests), wrong);
    }

    private static (IReadOnlyList<T> Value, string? Wrong) ReadList<T>(
        JsonElement element, Func<JsonElement, (string? Wrong, T Value)> read)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return ([], "not an array");
        }

        List<T> items = new(element.GetArrayLength());
        foreach (JsonElement item in element.EnumerateArray())
        {
            (string? wrong, T value) = read(item);
            if (wrong is not null)
            {
                return (items, $"item {items.Count}: {wrong}");
            }

            items.Add(value);
        }

        return (items, null);
    }

    private static (ReadOnlyMemory<byte> Value, string? Wrong) ReadBytes(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadData(element, out ReadOnlyMemory<byte> bytes);
        return (bytes, wrong);
    }

    private static (Withdrawal Value, string? Wrong) ReadWithdrawal(JsonElement element)
    {
        ObjectReader reader = new(element);
        Withdrawal withdrawal = new(
            Number(ref reader, "index"),
            Number(ref reader, "validatorIndex"),
            Needed(ref reader, "address", reader.Address("address")),
            Number(ref reader, "amount"));
        return (withdrawal, reader.Wrong);
    }

    private static Bloom ReadBloom(ref ObjectReader reader)
    {
        ReadOnlyMemory<byte> bytes = Needed(ref reader, "logsBloom", reader.Data("logsBloom"));
        if (bytes.Length == Bloom.Size)
        {
            return new Bloom(bytes.Span);
        }

        reader.Note("logsBloom", $"{bytes.Length} bytes, {Bloom.Size} are expected");
        return default;
    }

    private static Hash256 Hash(ref ObjectReader reader, string name) => Needed(ref reader, name, reader.Hash(name));

    private static ulong Number(ref ObjectReader reader, string name) =>
        Needed(ref reader, name, OptionalNumber(ref reader, name));

    private static ulong? OptionalNumber(ref ObjectReader reader, string name)
    {
        if (reader.Quantity(name) is not { } word)
        {
            return null;
        }

        reader.Note(name, word.IsUInt64 ? null : "larger than 64 bits");
        return word.U0;
    }

    private static T Needed<T>(ref ObjectReader reader, string name, T? value)
        where T : struct
    {
        reader.Note(name, value is null ? "missing" : null);
        return value.GetValueOrDefault();
    }

    private static IReadOnlyList<T> Needed<T>(ref ObjectReader reader, string name, IReadOnlyList<T>? value)
    {
        reader.Note(name, value is null ? "missing" : null);
        return value ?? [];
    }
}
