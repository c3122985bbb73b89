using System.Buffers;
using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Logs;

/// <summary>
/// The logs that a search has found: their text as long as it is short, and where they stand, from which a longer text
/// is written while it is sent.
/// </summary>
/// <param name="filter">What was asked for.</param>
/// <param name="ledger">Where the logs stand.</param>
internal sealed class LogCollection(LogFilter filter, Ledger ledger) : IDisposable
{
    private const int TextBytesMax = 128 * 1024;

    /// <summary>What a log takes in an answer beside its data.</summary>
    private const int LogBytes = 450;

    private readonly List<Place> _places = [];
    private ArrayBufferWriter<byte>? _text = new();
    private Utf8JsonWriter? _json;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>About how long their text is.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes the logs of a block that fit the filter.</summary>
    /// <param name="block">The block.</param>
    /// <param name="positions">Which may fit; <see langword="null"/> for all that it has.</param>
    public void Add(LedgerBlock block, IReadOnlyList<int>? positions)
    {
        List<int> fitting = [];
        foreach (PlacedLog log in LogsAt(block, positions))
        {
            // The index knows topics by their place; that a log has as many topics as are asked for is seen here.
            if (filter.Matches(log.Log))
            {
                fitting.Add(log.Index);
                Bytes += LogBytes + (2L * log.Log.Data.Length);
                WriteShort(block, log);
            }
        }

        Count += fitting.Count;
        if (fitting.Count > 0)
        {
            _places.Add(new Place(block.Hash, fitting));
        }
    }

    /// <summary>The answer; nothing is added afterwards.</summary>
    public RpcAnswer ToAnswer()
    {
        if (_text is null)
        {
            return RpcAnswer.Of(WriteAll);
        }

        if (_json is null)
        {
            return RpcAnswer.OfJson("[]"u8.ToArray());
        }

        _json.WriteEndArray();
        _json.Flush();
        return RpcAnswer.OfJson(_text.WrittenMemory);
    }

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();

    private void WriteShort(LedgerBlock block, in PlacedLog log)
    {
        if (_text is null)
        {
            return;
        }

        if (_json is null)
        {
            _json = new Utf8JsonWriter(_text, RpcJson.WriterOptions);
            _json.WriteStartArray();
        }

        Write(_json, block, log);
        if (_json.BytesPending + _json.BytesCommitted > TextBytesMax)
        {
            _text = null;
        }
    }

    private RpcError? WriteAll(RpcValueStream stream)
    {
        stream.Json.WriteStartArray();
        foreach (Place place in _places)
        {
            if (!ledger.TryGet(place.Block, out LedgerBlock? block))
            {
                return RpcError.Server($"block {place.Block} was taken back while its logs were sent");
            }

            foreach (PlacedLog log in LogsAt(block, place.Positions))
            {
                Write(stream.Json, block, log);
                stream.FlushWhenFull();
            }
        }

        stream.Json.WriteEndArray();
        return null;
    }

    private static void Write(Utf8JsonWriter json, LedgerBlock block, in PlacedLog log)
    {
        Hash256 transaction = block.Block.Transactions[log.Transaction].Hash;
        LogJson shape = LogJson.Of(log.Log, new BlockPosition(block.Sealed, log.Transaction), transaction, log.Index);
        JsonSerializer.Serialize(json, shape, RpcJsonContext.Default.LogJson);
    }

    private static IEnumerable<PlacedLog> LogsAt(LedgerBlock block, IReadOnlyList<int>? positions)
    {
        int next = 0;
        int first = 0;
        for (int index = 0; index < block.Receipts.Count && (positions is null || next < positions.Count); index++)
        {
            IReadOnlyList<Log> logs = block.Receipts[index].Logs;
            if (positions is null)
            {
                for (int at = 0; at < logs.Count; at++)
                {
                    yield return new PlacedLog(logs[at], index, first + at);
                }
            }
            else
            {
                for (; next < positions.Count && positions[next] < first + logs.Count; next++)
                {
                    yield return new PlacedLog(logs[positions[next] - first], index, positions[next]);
                }
            }

            first += logs.Count;
        }
    }

    private readonly record struct Place(Hash256 Block, IReadOnlyList<int> Positions);

    private readonly record struct PlacedLog(Log Log, int Transaction, int Index);
}
