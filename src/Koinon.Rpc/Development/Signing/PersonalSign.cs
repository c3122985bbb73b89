using Koinon.Abi.Signing;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Signing;

/// <summary><c>personal_sign</c>: signs a plain message with an account's key; the message comes first.</summary>
/// <param name="wallet">Signs.</param>
public sealed class PersonalSign(IWallet wallet)
    : RpcQuery<(ReadOnlyMemory<byte> Message, Address Signer, string? Password), HexData>
{
    /// <inheritdoc/>
    public override string Name => "personal_sign";

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<byte> Message, Address Signer, string? Password) Read(
        ref ParameterReader reader) =>
        (reader.Required(MessageReader.Read), reader.Address(), reader.Optional(MessageReader.ReadText));

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer(
        (ReadOnlyMemory<byte> Message, Address Signer, string? Password) parameters) =>
        WalletSignature.Sign(wallet, PersonalMessage.Hash(parameters.Message.Span), parameters.Signer);
}
