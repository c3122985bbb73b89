using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Net;
using Koinon.Rpc.Web3;

namespace Koinon.Node.Development;

/// <summary>The JSON-RPC methods of a development chain.</summary>
internal static class DevelopmentMethods
{
    /// <summary>
    /// What the chain says it is: tools look for <c>anvil/v</c> before they ask for development methods.
    /// </summary>
    private const string ClientVersion = "anvil/v1.5.0-koinon";

    /// <summary>Makes the methods over the parts of a chain.</summary>
    public static RpcMethodTable Create(
        ulong chainId, Ledger ledger, TransactionPool pool, IWallet wallet, ITransactionEntry entry)
    {
        BlockLookup blocks = new(ledger);
        CallRunner calls = new(blocks);
        FeeOracle fees = new(ledger);
        return new RpcMethodTable(
        [
            new DebugTraceTransaction(blocks),
            new EthAccounts(wallet),
            new EthBlockNumber(blocks),
            new EthCall(calls),
            new EthChainId(chainId),
            new EthEstimateGas(calls),
            new EthFeeHistory(blocks),
            new EthGasPrice(fees),
            new EthGetBalance(blocks),
            new EthGetBlockByHash(blocks),
            new EthGetBlockByNumber(blocks),
            new EthGetBlockReceipts(blocks),
            new EthGetBlockTransactionCountByHash(blocks),
            new EthGetBlockTransactionCountByNumber(blocks),
            new EthGetCode(blocks),
            new EthGetLogs(blocks),
            new EthGetStorageAt(blocks),
            new EthGetTransactionByBlockHashAndIndex(blocks),
            new EthGetTransactionByBlockNumberAndIndex(blocks),
            new EthGetTransactionByHash(blocks, pool),
            new EthGetTransactionCount(blocks, pool),
            new EthGetTransactionReceipt(blocks),
            new EthMaxPriorityFeePerGas(),
            new EthSendRawTransaction(entry),
            new EthSendTransaction(calls, pool, fees, wallet, entry),
            new EthSyncing(),
            new NetListening(),
            new NetVersion(chainId),
            new Web3ClientVersion(ClientVersion),
            new Web3Sha3(),
        ]);
    }
}
