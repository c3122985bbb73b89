namespace Koinon.Rpc.Json;

/// <summary>What is usually asked of an account, at once.</summary>
/// <param name="Nonce">Transactions sent, or contracts made.</param>
/// <param name="Balance">In wei.</param>
/// <param name="Code">Its code.</param>
public sealed record AccountInfoJson(Quantity Nonce, Quantity Balance, HexData Code);
