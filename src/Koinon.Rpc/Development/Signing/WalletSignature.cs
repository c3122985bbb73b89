using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Signing;

/// <summary>Signs digests for the methods that do.</summary>
internal static class WalletSignature
{
    /// <summary>Signs, or says why not.</summary>
    public static RpcResult<HexData> Sign(IWallet wallet, in Hash256 digest, in Address signer)
    {
        if (wallet.TrySign(digest, signer, out byte[]? signature))
        {
            return (HexData)signature;
        }

        return wallet.Sends(signer)
            ? RpcError.InvalidParameters(
                $"No Signer available: {signer} is impersonated, nobody has its key; it sends, but it cannot sign")
            : RpcError.Server($"unknown account {signer}: this server signs for those of eth_accounts");
    }
}
