using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary><c>anvil_setStorageAt</c>: sets a slot of an account's storage.</summary>
/// <param name="editor">Edits the state.</param>
/// <param name="manner">Hardhat wants the value in full length.</param>
public sealed class AnvilSetStorageAt(StateEditor editor, Manner manner)
    : RpcMethod<(Address Account, UInt256 Slot, StorageWord Value), bool>
{
    /// <inheritdoc/>
    public override string Name => "anvil_setStorageAt";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases =>
        ["hardhat_setStorageAt", "tenderly_setStorageAt", "evm_setAccountStorageAt"];

    /// <inheritdoc/>
    protected override (Address Account, UInt256 Slot, StorageWord Value) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Required(NumberReader.Word), reader.Required(StorageWord.Read));

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<bool>> RunAsync(
        (Address Account, UInt256 Slot, StorageWord Value) parameters, CancellationToken cancellation)
    {
        if (manner == Manner.Hardhat && !parameters.Value.IsFull)
        {
            return RpcError.Server(
                $"Storage value must be exactly 32 bytes long. Received {parameters.Value.Text}.");
        }

        RpcError? error = await editor.EditAsync(
            (state, changes) =>
            {
                changes.Of(parameters.Account).Account = StateEditor.ReadAccount(state, parameters.Account);
                changes.Of(parameters.Account).Slots[parameters.Slot] = parameters.Value.Word;
                return null;
            },
            cancellation).ConfigureAwait(false);
        return error is not null ? error : true;
    }
}
