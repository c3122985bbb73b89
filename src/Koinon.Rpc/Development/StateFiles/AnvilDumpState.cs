using System.Text.Json;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.StateFiles;

/// <summary><c>anvil_dumpState</c>: the whole chain in anvil's format, packed by gzip.</summary>
/// <param name="files">Writes and reads such files.</param>
public sealed class AnvilDumpState(IStateFiles files) : RpcMethod<bool?, HexData>
{
    /// <inheritdoc/>
    public override string Name => "anvil_dumpState";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_dumpState"];

    /// <inheritdoc/>
    protected override bool? Read(ref ParameterReader reader) => reader.Optional(ReadFlag);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<HexData>> RunAsync(bool? parameters, CancellationToken cancellation)
    {
        using MemoryStream packed = new();
        await files.WriteAsync(packed, isPacked: true, cancellation).ConfigureAwait(false);
        return (HexData)packed.ToArray();
    }

    private static (bool? Value, string? Wrong) ReadFlag(JsonElement element) =>
        NumberReader.Flag(element);
}
