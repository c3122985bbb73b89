using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Forking;

/// <summary><c>eth_feeHistory</c> of a forked chain: a history that crosses the fork is made of both sides.</summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
internal sealed class ForkedFeeHistoryMethod(RpcMethod local, ForkPlace place) : ForkedMethod(local, place)
{
    private const ulong BlocksMax = 1024;

    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        BlockReference reference = BlockReference.Latest;
        bool isRead = JsonValueReader.ReadUInt64(At(parameters, 0), out ulong count) is null
            && JsonValueReader.ReadBlock(At(parameters, 1), out reference) is null;
        ulong fork = Place.Remote.ForkNumber;
        count = Math.Min(count, BlocksMax);
        if (!isRead
            || count == 0
            || Place.NumberOf(reference) is not { } newest
            || newest - Math.Min(newest, fork) >= count)
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        ulong above = newest > fork ? newest - fork : 0;
        ReadOnlyMemory<byte> asked = Parameters(parameters, count - above, Math.Min(newest, fork));
        RpcResult<ReadOnlyMemory<byte>> remote = await Place.Remote.AskAsync(
            Name, asked, isPinned: true, cancellation).ConfigureAwait(false);
        if (remote.Error is { } error)
        {
            return RpcAnswer.Of(error);
        }

        if (above == 0)
        {
            return RpcAnswer.OfJson(remote.Value);
        }

        RpcResult<ReadOnlyMemory<byte>> own = await AskLocalAsync(
            Parameters(parameters, above, newest), cancellation).ConfigureAwait(false);
        return own.Error is { } refused ? RpcAnswer.Of(refused) : RpcAnswer.OfJson(Join(remote.Value, own.Value));
    }

    private static ReadOnlyMemory<byte> Parameters(JsonElement parameters, ulong count, ulong newest)
    {
        using JsonDocument counted = JsonDocument.Parse(ForkPlace.With(parameters, 0, ForkPlace.NameOf(count)));
        return ForkPlace.With(counted.RootElement, 1, ForkPlace.NameOf(newest));
    }

    /// <summary>One history of two that follow each other: the fees after the first are those of the second.</summary>
    private static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> below, ReadOnlyMemory<byte> above)
    {
        JsonObject joined = JsonNode.Parse(below.Span)!.AsObject();
        JsonObject later = JsonNode.Parse(above.Span)!.AsObject();
        Append(joined, later, "baseFeePerGas", dropsLast: true);
        Append(joined, later, "baseFeePerBlobGas", dropsLast: true);
        Append(joined, later, "gasUsedRatio", dropsLast: false);
        Append(joined, later, "blobGasUsedRatio", dropsLast: false);
        Append(joined, later, "reward", dropsLast: false);
        return JsonSerializer.SerializeToUtf8Bytes(joined);
    }

    private static void Append(JsonObject joined, JsonObject later, string name, bool dropsLast)
    {
        if (joined[name] is not JsonArray values || later[name] is not JsonArray more)
        {
            // One side does not have it: half a history would be a wrong one.
            joined.Remove(name);
            return;
        }

        if (dropsLast && values.Count > 0)
        {
            values.RemoveAt(values.Count - 1);
        }

        foreach (JsonNode? value in more)
        {
            values.Add(value?.DeepClone());
        }
    }
}
