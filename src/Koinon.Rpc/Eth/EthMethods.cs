using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.Sending;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Logs;

namespace Koinon.Rpc.Eth;

/// <summary>The methods of the namespace <c>eth</c>.</summary>
public static class EthMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts)
    {
        StateReader reader = parts.Calls.Reader;
        BlockTexts texts = new(parts.Blocks, parts.ShowsTotalDifficulty);
        ReceiptWait receipts = new(parts.Ledger, parts.Clock);
        TransactionFiller filler = new(parts.Calls, parts.Pool, parts.Fees, parts.Wallet, Manner.Anvil);
        return
        [
            new EthAccounts(parts.Wallet),
            new EthBaseFee(parts.Fees),
            new EthBlobBaseFee(parts.Blocks),
            new EthBlockNumber(parts.Blocks),
            new EthCall(parts.Calls),
            new EthCallMany(parts.Traces),
            new EthCapabilities(parts.Ledger),
            new EthChainId(parts),
            new EthCoinbase(parts.Beneficiary),
            new EthConfig(parts.Ledger),
            new EthCreateAccessList(parts.Calls),
            new EthEstimateGas(parts.Calls),
            new EthFeeHistory(parts.Blocks, parts.Fees),
            new EthFillTransaction(filler, parts.Calls),
            new EthGasPrice(parts.Fees),
            new EthGetAccount(parts.Blocks, reader),
            new EthGetAccountInfo(parts.Blocks, reader),
            new EthGetBalance(parts.Blocks, reader),
            new EthGetBlockByHash(texts),
            new EthGetBlockByNumber(texts),
            new EthGetBlockReceipts(parts.Blocks),
            new EthGetBlockTransactionCountByHash(parts.Blocks),
            new EthGetBlockTransactionCountByNumber(parts.Blocks),
            new EthGetCode(parts.Blocks, reader),
            new EthGetHeaderByHash(parts.Blocks),
            new EthGetHeaderByNumber(parts.Blocks),
            new EthGetLogs(parts.Logs),
            new EthGetProof(parts.Blocks, parts.Limits),
            new EthGetRawTransactionByBlockHashAndIndex(parts.Blocks),
            new EthGetRawTransactionByBlockNumberAndIndex(parts.Blocks),
            new EthGetRawTransactionByHash(parts.Blocks, parts.Pool),
            new EthGetStorageAt(parts.Blocks, reader),
            new EthGetStorageValues(parts.Blocks, reader, parts.Limits),
            new EthGetTransactionByBlockHashAndIndex(parts.Blocks),
            new EthGetTransactionByBlockNumberAndIndex(parts.Blocks),
            new EthGetTransactionByHash(parts.Blocks, parts.Pool),
            new EthGetTransactionBySenderAndNonce(parts.Ledger, reader, parts.Pool),
            new EthGetTransactionCount(parts.Blocks, reader, parts.Pool),
            new EthGetTransactionReceipt(parts.Blocks),
            new EthGetUncleByBlockHashAndIndex(parts.Blocks),
            new EthGetUncleByBlockNumberAndIndex(parts.Blocks),
            new EthGetUncleCountByBlockHash(parts.Blocks),
            new EthGetUncleCountByBlockNumber(parts.Blocks),
            new EthGetWork(),
            new EthHashrate(),
            new EthMaxPriorityFeePerGas(parts.Fees),
            new EthMining(),
            new EthPendingTransactions(parts.Pool),
            new EthProtocolVersion(),
            new EthResend(parts.Pool, parts.Wallet, parts.Entry),
            new EthSendRawTransaction(parts.Entry),
            new EthSendRawTransactionSync(parts.Entry, receipts),
            new EthSimulateV1(parts.Calls),
            new EthSubmitHashrate(),
            new EthSubmitWork(),
            new EthSyncing(),
        ];
    }
}
