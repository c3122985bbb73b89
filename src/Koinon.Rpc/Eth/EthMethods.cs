using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>The methods of the namespace <c>eth</c>.</summary>
public static class EthMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new EthAccounts(parts.Wallet),
        new EthBlockNumber(parts.Blocks),
        new EthCall(parts.Calls),
        new EthChainId(parts.ChainId),
        new EthEstimateGas(parts.Calls),
        new EthFeeHistory(parts.Blocks),
        new EthGasPrice(parts.Fees),
        new EthGetBalance(parts.Blocks),
        new EthGetBlockByHash(parts.Blocks),
        new EthGetBlockByNumber(parts.Blocks),
        new EthGetBlockReceipts(parts.Blocks),
        new EthGetBlockTransactionCountByHash(parts.Blocks),
        new EthGetBlockTransactionCountByNumber(parts.Blocks),
        new EthGetCode(parts.Blocks),
        new EthGetLogs(parts.Blocks),
        new EthGetStorageAt(parts.Blocks),
        new EthGetTransactionByBlockHashAndIndex(parts.Blocks),
        new EthGetTransactionByBlockNumberAndIndex(parts.Blocks),
        new EthGetTransactionByHash(parts.Blocks, parts.Pool),
        new EthGetTransactionCount(parts.Blocks, parts.Pool),
        new EthGetTransactionReceipt(parts.Blocks),
        new EthMaxPriorityFeePerGas(),
        new EthSendRawTransaction(parts.Entry),
        new EthSendTransaction(parts.Calls, parts.Pool, parts.Fees, parts.Wallet, parts.Entry),
        new EthSimulateV1(parts.Calls),
        new EthSyncing(),
    ];
}
