using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Forking;

/// <summary>
/// A method that searches a range of blocks, <c>eth_getLogs</c> or <c>trace_filter</c>: the remote searches its part,
/// the local chain its own, and the answer is one.
/// </summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
/// <param name="bytesMax">Most bytes of the remote's part.</param>
/// <remarks>The first parameter is an object with <c>fromBlock</c> and <c>toBlock</c>, or <c>blockHash</c>.</remarks>
internal sealed class ForkedRangeMethod(RpcMethod local, ForkPlace place, int bytesMax) : ForkedMethod(local, place)
{
    private readonly RemoteRange _range = new(place.Remote, bytesMax);

    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        JsonElement filter = At(parameters, 0);
        if (filter.ValueKind != JsonValueKind.Object)
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        if (filter.TryGetProperty("blockHash"u8, out JsonElement hash) && hash.ValueKind == JsonValueKind.String)
        {
            RpcResult<(ForkSide Side, string)> found = await Place.FindAsync(hash, cancellation).ConfigureAwait(false);
            return found.Error is { } error ? RpcAnswer.Of(error)
                : found.Value.Side == ForkSide.Local
                    ? await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false)
                    : await PassAsync(ForkPlace.With(parameters, 0, filter.GetRawText()), cancellation)
                        .ConfigureAwait(false);
        }

        ulong fork = Place.Remote.ForkNumber;
        ulong? from = NumberOf(filter, "fromBlock");
        ulong? to = NumberOf(filter, "toBlock");
        return from <= fork && from <= to
            ? await SearchPageAsync(filter, from.Value, to.Value, cancellation).ConfigureAwait(false)
            : await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Searches a range that begins below the fork or at it, for one page of it where one is asked for: each side is
    /// asked for all that comes before the page's end.
    /// </summary>
    private async ValueTask<RpcAnswer> SearchPageAsync(
        JsonElement filter, ulong from, ulong to, CancellationToken cancellation)
    {
        bool isPaged = filter.TryGetProperty("after"u8, out JsonElement after)
            | filter.TryGetProperty("count"u8, out JsonElement count);
        if (!isPaged || Name != "trace_filter")
        {
            return Answer(await SearchAsync(filter, from, to, cancellation).ConfigureAwait(false));
        }

        ulong skipped = 0;
        ulong wanted = ulong.MaxValue;
        if ((after.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
                && JsonValueReader.ReadUInt64(after, out skipped) is not null)
            || (count.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
                && JsonValueReader.ReadUInt64(count, out wanted) is not null))
        {
            // The local method says what is wrong with it.
            return Answer(await AskLocalAsync(RemoteRange.With(filter, from, to), cancellation)
                .ConfigureAwait(false));
        }

        JsonObject whole = JsonNode.Parse(filter.GetRawText())!.AsObject();
        whole.Remove("after");
        whole.Remove("count");
        if (wanted < ulong.MaxValue - skipped)
        {
            whole["count"] = skipped + wanted;
        }

        using JsonDocument asked = JsonDocument.Parse(whole.ToJsonString());
        RpcResult<ReadOnlyMemory<byte>> found = await SearchAsync(asked.RootElement, from, to, cancellation)
            .ConfigureAwait(false);
        return Answer(found.Error is null ? Page(found.Value, skipped, wanted) : found);
    }

    private static RpcAnswer Answer(RpcResult<ReadOnlyMemory<byte>> found) =>
        found.Error is { } error ? RpcAnswer.Of(error) : RpcAnswer.OfJson(found.Value);

    private static ReadOnlyMemory<byte> Page(ReadOnlyMemory<byte> found, ulong skipped, ulong wanted)
    {
        JsonArray page = [];
        ulong index = 0;
        foreach (JsonNode? item in JsonNode.Parse(found.Span)!.AsArray())
        {
            if (index >= skipped && (ulong)page.Count < wanted)
            {
                page.Add(item?.DeepClone());
            }

            index++;
        }

        return JsonSerializer.SerializeToUtf8Bytes(page);
    }

    /// <summary>Searches a range that begins below the fork or at it.</summary>
    private async ValueTask<RpcResult<ReadOnlyMemory<byte>>> SearchAsync(
        JsonElement filter, ulong from, ulong to, CancellationToken cancellation)
    {
        ulong fork = Place.Remote.ForkNumber;
        ReadOnlyMemory<byte> above = "[]"u8.ToArray();
        if (to > fork)
        {
            // The local part first: it refuses a range that goes beyond the head.
            RpcResult<ReadOnlyMemory<byte>> own = await AskLocalAsync(
                RemoteRange.With(filter, fork + 1, to), cancellation).ConfigureAwait(false);
            if (own.Error is { } refused)
            {
                return refused;
            }

            above = own.Value;
        }

        RpcResult<ReadOnlyMemory<byte>> below = await _range.SearchAsync(
            Name, filter, from, Math.Min(to, fork), cancellation).ConfigureAwait(false);
        return below.Error is { } error ? error : RemoteRange.Join(below.Value, above);
    }

    /// <summary>The number that a bound stands for; <see langword="null"/> where it is malformed or unknown.</summary>
    private ulong? NumberOf(JsonElement filter, string name)
    {
        BlockReference reference = BlockReference.Latest;
        if (filter.TryGetProperty(name, out JsonElement bound)
            && bound.ValueKind != JsonValueKind.Null
            && JsonValueReader.ReadBlock(bound, out reference) is not null)
        {
            return null;
        }

        return Place.NumberOf(reference);
    }
}
