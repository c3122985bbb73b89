using System.Text;
using System.Text.Json;
using Koinon.Abi.Signing;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Signing;

/// <summary><c>eth_signTypedData_v4</c>: signs typed data (EIP-712), given as an object or as its text.</summary>
/// <param name="wallet">Signs.</param>
public sealed class EthSignTypedData(IWallet wallet) : RpcQuery<(Address Signer, TypedData? Data), HexData>
{
    /// <inheritdoc/>
    public override string Name => "eth_signTypedData_v4";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["eth_signTypedData", "eth_signTypedData_v3"];

    /// <inheritdoc/>
    protected override (Address Signer, TypedData? Data) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Required(ReadData));

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer((Address Signer, TypedData? Data) parameters) =>
        WalletSignature.Sign(wallet, parameters.Data!.SigningHash, parameters.Signer);

    private static (TypedData? Value, string? Wrong) ReadData(JsonElement element)
    {
        bool isRead = element.ValueKind == JsonValueKind.String
            ? TypedData.TryParse(Encoding.UTF8.GetBytes(element.GetString()!), out TypedData? data, out var error)
            : TypedData.TryParse(element, out data, out error);
        return isRead ? (data, null) : (null, $"not typed data: {error}");
    }
}
