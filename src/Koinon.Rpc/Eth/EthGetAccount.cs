using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getAccount</c>: an account as the state's trie holds it; null where there is none.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="states">Reads their states.</param>
public sealed class EthGetAccount(BlockLookup blocks, StateReader states) : AccountMethod<AccountJson?>(blocks, states)
{
    /// <inheritdoc/>
    public override string Name => "eth_getAccount";

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<AccountJson?>> AnswerAsync(
        WorldState state, Address address, Account? account, CancellationToken cancellation) =>
        new(account is { } found
            ? new AccountJson
            {
                Nonce = found.Nonce,
                Balance = found.Balance,
                StorageRoot = state.ReadStorageRoot(address),
                CodeHash = found.CodeHash,
            }
            : new RpcResult<AccountJson?>(null));
}
