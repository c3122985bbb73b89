using System.Text.Json.Serialization;
using Koinon.Primitives;
using Koinon.Rpc.Engine;

namespace Koinon.Rpc.Json;

/// <summary>The shapes of results; generated code writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    MaxDepth = RpcJson.DepthMax,
    Converters =
    [
        typeof(QuantityConverter), typeof(HexDataConverter), typeof(AddressConverter), typeof(Hash256Converter),
        typeof(RawJsonConverter), typeof(TransactionListConverter),
    ])]
[JsonSerializable(typeof(Quantity))]
[JsonSerializable(typeof(Quantity?))]
[JsonSerializable(typeof(HexData))]
[JsonSerializable(typeof(IReadOnlyList<BadBlockJson>))]
[JsonSerializable(typeof(IReadOnlyList<HexData>))]
[JsonSerializable(typeof(Hash256))]
[JsonSerializable(typeof(Hash256?))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<Address>))]
[JsonSerializable(typeof(BlockJson))]
[JsonSerializable(typeof(TransactionJson))]
[JsonSerializable(typeof(ReceiptJson))]
[JsonSerializable(typeof(IReadOnlyList<ReceiptJson>))]
[JsonSerializable(typeof(IReadOnlyList<LogJson>))]
[JsonSerializable(typeof(FeeHistoryJson))]
[JsonSerializable(typeof(HeaderJson))]
[JsonSerializable(typeof(IReadOnlyList<RawJson>))]
[JsonSerializable(typeof(LogJson))]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(IReadOnlyList<SimulatedBlockJson>))]
[JsonSerializable(typeof(AccountInfoJson))]
[JsonSerializable(typeof(AccountJson))]
[JsonSerializable(typeof(AccountProofJson))]
[JsonSerializable(typeof(HexData?))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<Hash256>>))]
[JsonSerializable(typeof(UncleJson))]
[JsonSerializable(typeof(Address))]
[JsonSerializable(typeof(CapabilitiesJson))]
[JsonSerializable(typeof(ChainConfigJson))]
[JsonSerializable(typeof(CreatedAccessListJson))]
[JsonSerializable(typeof(IReadOnlyList<TransactionJson>))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<CallManyResultJson>>))]
[JsonSerializable(typeof(PoolContentJson<IReadOnlyDictionary<string, string>>))]
[JsonSerializable(
    typeof(PoolContentJson<IReadOnlyDictionary<string, TransactionJson>>), TypeInfoPropertyName = "PoolOfTransactions")]
[JsonSerializable(typeof(PoolContentJson<TransactionJson>))]
[JsonSerializable(typeof(PoolStatusJson))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
[JsonSerializable(typeof(ExecutionPayloadJson))]
[JsonSerializable(typeof(ForkchoiceResult))]
[JsonSerializable(typeof(IReadOnlyList<BlobAndCellProofsJson>))]
[JsonSerializable(typeof(IReadOnlyList<BlobAndProofJson>))]
[JsonSerializable(typeof(IReadOnlyList<ClientVersionJson>))]
[JsonSerializable(typeof(IReadOnlyList<PayloadBodyJson>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(PayloadEnvelopeJson))]
[JsonSerializable(typeof(PayloadStatus))]
[JsonSerializable(typeof(TransitionConfiguration))]
[JsonSerializable(typeof(FilledTransactionJson))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(ulong?))]
internal sealed partial class RpcJsonContext : JsonSerializerContext;
