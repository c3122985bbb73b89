using System.Buffers;
using System.Text.Json;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Subscriptions;

namespace Koinon.Rpc.Forking;

/// <summary>
/// <c>eth_getFilterLogs</c> of a forked chain: what the filter asks for is searched for on both sides of the fork.
/// </summary>
/// <param name="local">Reads malformed questions.</param>
/// <param name="place">Knows the sides.</param>
/// <param name="filters">The filters of all callers.</param>
/// <param name="search">Searches both sides.</param>
internal sealed class ForkedFilterLogsMethod(
    RpcMethod local, ForkPlace place, FilterStore filters, RpcMethod search) : ForkedMethod(local, place)
{
    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        JsonElement id = At(parameters, 0);
        if (id.ValueKind != JsonValueKind.String)
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        RpcResult<LogFilter> criteria = await filters.CriteriaOfAsync(id.GetString()!).ConfigureAwait(false);
        if (criteria.Error is { } error)
        {
            return RpcAnswer.Of(error);
        }

        using JsonDocument asked = JsonDocument.Parse(ParametersOf(criteria.Value!));
        return await search.InvokeAsync(asked.RootElement, connection, cancellation).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> ParametersOf(LogFilter filter)
    {
        ArrayBufferWriter<byte> written = new();
        using Utf8JsonWriter json = new(written);
        json.WriteStartArray();
        json.WriteStartObject();
        if (filter.BlockHash is { } hash)
        {
            json.WriteString("blockHash", hash.ToString());
        }
        else
        {
            Write(json, "fromBlock", filter.From);
            Write(json, "toBlock", filter.To);
        }

        json.WriteStartArray("address");
        foreach (Address address in filter.Addresses)
        {
            json.WriteStringValue(address.ToString());
        }

        json.WriteEndArray();
        json.WriteStartArray("topics");
        foreach (IReadOnlyList<Hash256> position in filter.Topics)
        {
            json.WriteStartArray();
            foreach (Hash256 topic in position)
            {
                json.WriteStringValue(topic.ToString());
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.Flush();
        return written.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, BlockReference? bound)
    {
        string? text = bound switch
        {
            null => null,
            { Tag: BlockTag.Number } given => $"0x{given.Number:x}",
            { Tag: BlockTag.Hash } given => given.Hash.ToString(),
            { } given => given.Tag.ToString().ToLowerInvariant(),
        };
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
