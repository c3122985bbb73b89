using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary>A method about an account as it stands after a block, the newest where none is named.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="states">Reads their states.</param>
/// <typeparam name="TResult">What is told about the account.</typeparam>
public abstract class AccountMethod<TResult>(BlockLookup blocks, StateReader states)
    : RpcMethod<(Address Account, BlockReference Block), TResult>
{
    /// <summary>Reads the states of blocks.</summary>
    protected StateReader States => states;

    /// <summary>What is told about an account.</summary>
    /// <param name="state">The state.</param>
    /// <param name="address">The account's address.</param>
    /// <param name="account">The account, where there is one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    protected abstract ValueTask<RpcResult<TResult>> AnswerAsync(
        WorldState state, Address address, Account? account, CancellationToken cancellation);

    /// <inheritdoc/>
    protected sealed override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected sealed override async ValueTask<RpcResult<TResult>> RunAsync(
        (Address Account, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> block = blocks.Require(parameters.Block);
        if (block.Error is not null || block.Value!.State is not { } state)
        {
            return block.Error ?? blocks.StateGone(block.Value!);
        }

        RpcResult<Account?> account = await states.ReadAccountAsync(state, parameters.Account, cancellation)
            .ConfigureAwait(false);
        return account.Error is null
            ? await AnswerAsync(state, parameters.Account, account.Value, cancellation).ConfigureAwait(false)
            : account.Error;
    }
}
