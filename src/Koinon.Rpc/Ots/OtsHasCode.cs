using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_hasCode</c>: whether an account has code.</summary>
/// <param name="calls">Reads states.</param>
public sealed class OtsHasCode(CallRunner calls) : RpcMethod<(Address Address, BlockReference Block), bool>
{
    /// <inheritdoc/>
    public override string Name => "ots_hasCode";

    /// <inheritdoc/>
    protected override (Address Address, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<bool>> RunAsync(
        (Address Address, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<IStateView> state = calls.Blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        RpcResult<Account?> account = await calls.Reader.ReadAccountAsync(
            state.Value!, parameters.Address, cancellation).ConfigureAwait(false);
        return account.Error is null ? account.Value is { HasCode: true } : account.Error;
    }
}
