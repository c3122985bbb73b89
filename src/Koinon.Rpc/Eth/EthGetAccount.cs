using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getAccount</c>: an account as the state's trie holds it; null where there is none.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="reader">Reads their states.</param>
public sealed class EthGetAccount(BlockLookup blocks, StateReader reader)
    : RpcMethod<(Address Account, BlockReference Block), AccountJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getAccount";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<AccountJson?>> RunAsync(
        (Address Account, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> block = blocks.Require(parameters.Block);
        if (block.Error is not null || block.Value!.State is not { } state)
        {
            return block.Error ?? blocks.StateGone(block.Value!);
        }

        RpcResult<Account?> account = await reader.ReadAccountAsync(state, parameters.Account, cancellation)
            .ConfigureAwait(false);
        return account.Error is not null ? account.Error
            : account.Value is { } found ? ShapeOf(state, parameters.Account, found)
            : null;
    }

    private static AccountJson ShapeOf(WorldState state, in Address address, in Account account) => new()
    {
        Nonce = account.Nonce,
        Balance = account.Balance,
        StorageRoot = state.ReadStorageRoot(address),
        CodeHash = account.CodeHash,
    };
}
