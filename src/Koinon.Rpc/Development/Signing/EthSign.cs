using Koinon.Abi.Signing;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Signing;

/// <summary><c>eth_sign</c>: signs a plain message with an account's key (EIP-191).</summary>
/// <param name="wallet">Signs.</param>
public sealed class EthSign(IWallet wallet) : RpcQuery<(Address Signer, ReadOnlyMemory<byte> Message), HexData>
{
    /// <inheritdoc/>
    public override string Name => "eth_sign";

    /// <inheritdoc/>
    protected override (Address Signer, ReadOnlyMemory<byte> Message) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Data());

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer((Address Signer, ReadOnlyMemory<byte> Message) parameters) =>
        WalletSignature.Sign(wallet, PersonalMessage.Hash(parameters.Message.Span), parameters.Signer);
}
