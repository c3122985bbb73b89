using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateFiles;

/// <summary>
/// <c>anvil_loadState</c>: puts a state in anvil's format, packed or plain, over that of the chain; answers true.
/// </summary>
/// <param name="files">Writes and reads such files.</param>
public sealed class AnvilLoadState(IStateFiles files) : RpcMethod<ReadOnlyMemory<byte>, bool>
{
    /// <inheritdoc/>
    public override string Name => "anvil_loadState";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_loadState"];

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> Read(ref ParameterReader reader) => reader.Data();

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<bool>> RunAsync(
        ReadOnlyMemory<byte> parameters, CancellationToken cancellation)
    {
        using MemoryStream input = new(parameters.ToArray(), writable: false);
        RpcError? error = await files.LoadAsync(input, cancellation).ConfigureAwait(false);
        return error is not null ? error : true;
    }
}
