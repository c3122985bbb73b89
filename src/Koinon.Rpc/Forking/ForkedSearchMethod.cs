using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Forking;

/// <summary>
/// <c>ots_searchTransactionsBefore</c> and <c>ots_searchTransactionsAfter</c> of a forked chain: a page that reaches
/// the fork is made of both sides.
/// </summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
/// <param name="isBackwards">Whether it searches downwards.</param>
internal sealed class ForkedSearchMethod(RpcMethod local, ForkPlace place, bool isBackwards)
    : ForkedMethod(local, place)
{
    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        if (JsonValueReader.ReadAddress(At(parameters, 0), out Address address) is not null
            || JsonValueReader.ReadUInt64(At(parameters, 1), out ulong block) is not null
            || JsonValueReader.ReadUInt64(At(parameters, 2), out ulong size) is not null
            || size == 0)
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        RpcResult<JsonObject> page = isBackwards
            ? await BeforeAsync(address, block, size, cancellation).ConfigureAwait(false)
            : await AfterAsync(address, block, size, cancellation).ConfigureAwait(false);
        return page.Error is { } error
            ? RpcAnswer.Of(error)
            : RpcAnswer.OfJson(JsonSerializer.SerializeToUtf8Bytes(page.Value!));
    }

    private async ValueTask<RpcResult<JsonObject>> BeforeAsync(
        Address address, ulong block, ulong size, CancellationToken cancellation)
    {
        ulong fork = Place.Remote.ForkNumber;
        if (block != 0 && block <= fork + 1)
        {
            return await AskRemoteAsync(address, block, size, cancellation).ConfigureAwait(false);
        }

        RpcResult<JsonObject> own = await AskOwnAsync(address, block, size, cancellation).ConfigureAwait(false);
        if (own.Error is not null || !IsSet(own.Value!, "lastPage") || CountOf(own.Value!) >= size)
        {
            // A page that ends at the fork is not the last: the remote's follow.
            own.Value?["lastPage"] = false;
            return own;
        }

        RpcResult<JsonObject> below = await AskRemoteAsync(
            address, fork + 1, size - CountOf(own.Value!), cancellation).ConfigureAwait(false);
        return below.Error is not null
            ? below
            : Join(own.Value!, below.Value!, IsSet(own.Value!, "firstPage"), IsSet(below.Value!, "lastPage"));
    }

    private async ValueTask<RpcResult<JsonObject>> AfterAsync(
        Address address, ulong block, ulong size, CancellationToken cancellation)
    {
        ulong fork = Place.Remote.ForkNumber;
        if (block >= fork)
        {
            return await AskOwnAsync(address, block, size, cancellation).ConfigureAwait(false);
        }

        RpcResult<JsonObject> below = await AskRemoteAsync(address, block, size, cancellation).ConfigureAwait(false);
        if (below.Error is not null)
        {
            return below;
        }

        // What the remote did after the fork is none of this chain.
        bool isOver = IsSet(below.Value!, "firstPage") | Cut(below.Value!, fork);
        bool isLast = IsSet(below.Value!, "lastPage");
        ulong count = CountOf(below.Value!);
        if (!isOver || count >= size)
        {
            return Join(new JsonObject(), below.Value!, isFirst: false, isLast);
        }

        RpcResult<JsonObject> own = await AskOwnAsync(address, fork, size - count, cancellation).ConfigureAwait(false);
        return own.Error is not null
            ? own
            : Join(own.Value!, below.Value!, IsSet(own.Value!, "firstPage"), isLast);
    }

    private async ValueTask<RpcResult<JsonObject>> AskOwnAsync(
        Address address, ulong block, ulong size, CancellationToken cancellation) =>
        Parse(await AskLocalAsync(Parameters(address, block, size), cancellation).ConfigureAwait(false));

    private async ValueTask<RpcResult<JsonObject>> AskRemoteAsync(
        Address address, ulong block, ulong size, CancellationToken cancellation) =>
        Parse(await Place.Remote.AskAsync(
            Name, Parameters(address, block, size), isPinned: isBackwards, cancellation).ConfigureAwait(false));

    private static ReadOnlyMemory<byte> Parameters(in Address address, ulong block, ulong size) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[\"{address}\",{block},{size}]"));

    private static RpcResult<JsonObject> Parse(RpcResult<ReadOnlyMemory<byte>> answer) =>
        answer.Error is { } error ? error
        : JsonNode.Parse(answer.Value.Span) is JsonObject page ? page
        : RpcError.Server("fork: the remote node answered in a form that is not known");

    private static bool IsSet(JsonObject page, string flag) =>
        page[flag] is JsonValue value && value.TryGetValue(out bool isSet) && isSet;

    private static ulong CountOf(JsonObject page) => (ulong)((page["txs"] as JsonArray)?.Count ?? 0);

    /// <summary>Leaves out what stands above the fork.</summary>
    /// <returns>Whether there was any.</returns>
    private static bool Cut(JsonObject page, ulong fork)
    {
        bool isCut = false;
        foreach (string name in (string[])["txs", "receipts"])
        {
            int removed = (page[name] as JsonArray)?.RemoveAll(item => NumberOf(item) > fork) ?? 0;
            isCut |= removed > 0;
        }

        return isCut;
    }

    private static ulong NumberOf(JsonNode? item)
    {
        if (item?["blockNumber"] is not { } number)
        {
            return 0;
        }

        using JsonDocument document = JsonDocument.Parse(number.ToJsonString());
        return JsonValueReader.ReadUInt64(document.RootElement, out ulong value) is null ? value : 0;
    }

    /// <summary>One page of two, the newer first.</summary>
    private static JsonObject Join(JsonObject newer, JsonObject older, bool isFirst, bool isLast) => new()
    {
        ["txs"] = Join(newer, older, "txs"),
        ["receipts"] = Join(newer, older, "receipts"),
        ["firstPage"] = isFirst,
        ["lastPage"] = isLast,
    };

    private static JsonArray Join(JsonObject newer, JsonObject older, string name)
    {
        JsonArray joined = [];
        foreach (JsonNode? item in (newer[name] as JsonArray ?? []).Concat(older[name] as JsonArray ?? []))
        {
            joined.Add(item?.DeepClone());
        }

        return joined;
    }
}
