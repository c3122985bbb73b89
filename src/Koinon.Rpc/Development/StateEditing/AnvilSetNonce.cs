using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary><c>anvil_setNonce</c>: sets an account's nonce.</summary>
/// <param name="editor">Edits the state.</param>
/// <param name="pool">What waits for a block.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetNonce(StateEditor editor, TransactionPool pool, Manner manner)
    : DevelopmentCommand<(Address Account, ulong? Nonce)>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setNonce";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setNonce", "evm_setAccountNonce"];

    /// <inheritdoc/>
    protected override (Address Account, ulong? Nonce) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Required(NumberReader.Number));

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (Address Account, ulong? Nonce) parameters, CancellationToken cancellation)
    {
        ulong nonce = parameters.Nonce!.Value;
        if (Manner == Manner.Hardhat && pool.Count > 0)
        {
            RpcError busy = new(
                RpcErrorCode.Internal, "Cannot set account nonce when the transaction pool is not empty");
            return new ValueTask<RpcError?>(busy);
        }

        return editor.EditAccountAsync(
            parameters.Account,
            account => Manner == Manner.Hardhat && nonce < account.Nonce
                ? RpcError.Server(
                    $"New nonce ({nonce}) must not be smaller than the existing nonce ({account.Nonce})")
                : account with { Nonce = nonce },
            cancellation);
    }
}
