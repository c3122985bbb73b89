using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary><c>anvil_addBalance</c>: adds to an account's balance, up to 2^256-1 wei.</summary>
/// <param name="editor">Edits the state.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilAddBalance(StateEditor editor, Manner manner)
    : DevelopmentCommand<(Address Account, UInt256 Amount)>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_addBalance";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_addBalance", "tenderly_addBalance"];

    /// <inheritdoc/>
    protected override (Address Account, UInt256 Amount) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Required(NumberReader.Word));

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (Address Account, UInt256 Amount) parameters, CancellationToken cancellation)
    {
        return editor.EditAccountAsync(
            parameters.Account,
            account => UInt256.AddOverflow(account.Balance, parameters.Amount, out UInt256 balance)
                ? account with { Balance = UInt256.MaxValue }
                : account with { Balance = balance },
            cancellation);
    }
}
