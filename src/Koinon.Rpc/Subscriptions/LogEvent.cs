using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Subscriptions;

/// <summary>A log that came or was undone; its text is made once, when somebody first wants it.</summary>
/// <param name="log">The log.</param>
/// <param name="shape">What callers see of it.</param>
internal sealed class LogEvent(Log log, LogJson shape)
{
    private ReadOnlyMemory<byte> _json;

    /// <summary>The log.</summary>
    public Log Log => log;

    /// <summary>The number of its block.</summary>
    public ulong Number => (ulong)shape.BlockNumber.Value;

    /// <summary>The hash of its block.</summary>
    public Hash256 BlockHash => shape.BlockHash;

    /// <summary>Whether it was undone.</summary>
    public bool IsRemoved => shape.Removed;

    /// <summary>What callers see of it, as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json
    {
        get
        {
            if (_json.IsEmpty)
            {
                _json = JsonSerializer.SerializeToUtf8Bytes(shape, RpcJsonContext.Default.LogJson);
            }

            return _json;
        }
    }
}
