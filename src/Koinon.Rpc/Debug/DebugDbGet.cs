using System.Text;
using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Debug;

/// <summary>
/// <c>debug_dbGet</c>: what a node's database has under a key. The keys are geth's, of which one leads somewhere here:
/// code, under the letter c and its hash.
/// </summary>
/// <param name="blocks">Finds the state.</param>
public sealed class DebugDbGet(BlockLookup blocks) : RpcQuery<ReadOnlyMemory<byte>, HexData>
{
    private const byte CodePrefix = (byte)'c';

    /// <inheritdoc/>
    public override string Name => "debug_dbGet";

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> Read(ref ParameterReader reader) => reader.Required(ReadKey);

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer(ReadOnlyMemory<byte> parameters)
    {
        ReadOnlySpan<byte> key = parameters.Span;
        if (key.Length != Hash256.Size + 1 || key[0] != CodePrefix)
        {
            return RpcError.InvalidParameters(
                "invalid argument 0: no such key: code is found under the byte 0x63 (c) and the 32 bytes of its hash");
        }

        return blocks.Ledger.Head.State is { } state
            && state.ReadCode(new Hash256(key[1..]), out ReadOnlyMemory<byte> code) == ReadStatus.Found
                ? (HexData)code
                : RpcError.Server("not found");
    }

    // Hex where it begins with 0x, else the bytes of the text, as geth reads it.
    private static (ReadOnlyMemory<byte> Value, string? Wrong) ReadKey(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return (default, "not a key: hex after 0x, or text, is expected");
        }

        string text = element.GetString()!;
        return !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? (Encoding.UTF8.GetBytes(text), null)
            : Hex.TryDecode(text, out byte[] bytes) ? (bytes, null)
            : (default, "not hex: an even number of hex digits after 0x is expected");
    }
}
