using System.Text;
using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Forking;

/// <summary>Says on which side of the fork what a request names is to be found.</summary>
/// <param name="blocks">Finds blocks of the local chain.</param>
/// <param name="remote">The remote chain.</param>
internal sealed class ForkPlace(BlockLookup blocks, IRemoteChain remote)
{
    /// <summary>The remote chain.</summary>
    public IRemoteChain Remote => remote;

    /// <summary>The local chain.</summary>
    public Ledger Ledger => blocks.Ledger;

    /// <summary>Reads and places a block parameter.</summary>
    /// <param name="element">The parameter; the head where it is left out.</param>
    /// <param name="cancellation">Ends the question to the remote about a hash that is not known here.</param>
    /// <returns>The side, and the parameter as the remote is to see it.</returns>
    public async ValueTask<RpcResult<(ForkSide Side, string Parameter)>> FindAsync(
        JsonElement element, CancellationToken cancellation)
    {
        BlockReference reference = BlockReference.Latest;
        if (element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
            && JsonValueReader.ReadBlock(element, out reference) is not null)
        {
            // The local method says what is wrong with it.
            return (ForkSide.Local, "");
        }

        return reference.Tag switch
        {
            // An object may say more than the block: it stays as it is.
            BlockTag.Number => (
                SideOf(reference.Number),
                element.ValueKind == JsonValueKind.Object ? element.GetRawText() : NameOf(reference.Number)),
            BlockTag.Earliest => (SideOf(0), NameOf(0)),
            BlockTag.Hash =>
                await FindAsync(reference.Hash, element.GetRawText(), cancellation).ConfigureAwait(false),
            _ => blocks.Find(reference) is { } block
                ? (SideOf(block.Number), NameOf(block.Number))
                : (ForkSide.Local, ""),
        };
    }

    /// <summary>The number that a block stands at, by its name alone; <see langword="null"/> where it is not known
    /// here.</summary>
    public ulong? NumberOf(in BlockReference reference) => reference.Tag switch
    {
        BlockTag.Number => reference.Number,
        BlockTag.Earliest => 0,
        BlockTag.Hash when reference.Hash == remote.ForkHash => remote.ForkNumber,
        _ => blocks.Find(reference)?.Number,
    };

    /// <summary>The block of the local chain that a parameter names; <see langword="null"/> where there is none.
    /// </summary>
    public LedgerBlock? Find(JsonElement element)
    {
        BlockReference reference = BlockReference.Latest;
        return element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || JsonValueReader.ReadBlock(element, out reference) is null
                ? blocks.Find(reference)
                : null;
    }

    /// <summary>The side of a number.</summary>
    public ForkSide SideOf(ulong number) =>
        number < remote.ForkNumber ? ForkSide.Remote
        : number == remote.ForkNumber ? ForkSide.AtFork
        : ForkSide.Local;

    /// <summary>A number as a JSON string.</summary>
    public static string NameOf(ulong number) => $"\"0x{number:x}\"";

    /// <summary>Whether an object of the remote, a block, transaction or receipt, is at or below the fork.</summary>
    /// <param name="json">The object, or null.</param>
    /// <param name="member">The member that holds the number.</param>
    public bool IsShown(ReadOnlyMemory<byte> json, string member) => NumberIn(json, member) <= remote.ForkNumber;

    /// <summary>The array of parameters with one of them replaced, or added at the end.</summary>
    public static ReadOnlyMemory<byte> With(JsonElement parameters, int index, string replacement)
    {
        List<string> values = [];
        if (parameters.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement value in parameters.EnumerateArray())
            {
                values.Add(value.GetRawText());
            }
        }

        while (values.Count <= index)
        {
            values.Add("null");
        }

        values[index] = replacement;
        return Encoding.UTF8.GetBytes("[" + string.Join(',', values) + "]");
    }

    private static ulong? NumberIn(ReadOnlyMemory<byte> json, string member)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(member, out JsonElement element)
            && JsonValueReader.ReadUInt64(element, out ulong number) is null
                ? number
                : null;
    }

    private async ValueTask<RpcResult<(ForkSide Side, string Parameter)>> FindAsync(
        Hash256 hash, string parameter, CancellationToken cancellation)
    {
        if (hash == remote.ForkHash)
        {
            return (ForkSide.AtFork, parameter);
        }

        if (Ledger.TryGet(hash, out _))
        {
            return (ForkSide.Local, parameter);
        }

        RpcResult<ReadOnlyMemory<byte>> block = await remote.AskAsync(
            "eth_getBlockByHash", Encoding.UTF8.GetBytes($"[\"{hash}\",false]"), isPinned: true, cancellation)
            .ConfigureAwait(false);
        if (block.Error is { } error)
        {
            return error;
        }

        bool isBelow = NumberIn(block.Value, "number") < remote.ForkNumber;
        return (isBelow ? ForkSide.Remote : ForkSide.Local, parameter);
    }
}
