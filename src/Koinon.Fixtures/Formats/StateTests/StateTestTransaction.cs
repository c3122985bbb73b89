using System.Text.Json;
using Koinon.Chain.Networks;
using Koinon.Fixtures.Exceptions;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Fixtures.Formats.StateTests;

/// <summary>The transaction of a case, out of the test's values and, where they are given, out of its bytes.</summary>
/// <remarks>
/// Both have to say the same; where the values cannot be expressed, the bytes alone are the transaction.
/// </remarks>
internal sealed class StateTestTransaction
{
    /// <summary>
    /// The transaction to execute; <see langword="null"/> where neither values nor bytes can be expressed.
    /// </summary>
    internal Transaction? Values { get; private init; }

    /// <summary>Who sends it.</summary>
    internal Address Sender { get; private init; }

    /// <summary>Why the bytes are no transaction; accepted where they are, or where there are none.</summary>
    internal Refusal Refusal { get; private init; }

    /// <summary>In what values and bytes differ; <see langword="null"/> where they agree.</summary>
    internal string? Disagreement { get; private init; }

    /// <summary>Reads the transaction of a case.</summary>
    /// <param name="transaction">The test's values.</param>
    /// <param name="post">The case: its indexes and bytes.</param>
    /// <param name="rules">The rules of its block.</param>
    internal static StateTestTransaction Read(JsonElement transaction, JsonElement post, ActiveRules rules)
    {
        Transaction? decoded = null;
        TransactionDecodeError error = default;
        bool hasBytes = post.TryField("txbytes", out JsonElement bytes) && bytes.GetString() is { Length: > 2 };
        if (hasBytes) Transaction.TryDecodeInPlace(bytes.Bytes(), out decoded, out error);

        // A legacy transaction's values do not say whether it is bound to its chain: the signature does.
        UInt256? legacyChainId = decoded?.Type == TransactionType.Legacy ? decoded.ChainId : null;
        Transaction? values = ReadValues(transaction, post.Field("indexes"), legacyChainId);
        Address sender = SenderOf(transaction);
        string? disagreement = null;
        if (decoded is not null)
        {
            bool hasSender = decoded.TryGetSender(out Address signer);
            if (!hasSender || signer != sender)
            {
                string actual = hasSender ? signer.ToString() : "none";
                disagreement = $"sender of txbytes differs\nexpected {sender}\nactual   {actual}";
            }
            else if (values is not null && values.SigningHash != decoded.SigningHash)
            {
                disagreement = $"signing hash differs\nvalues   {values.SigningHash}\ntxbytes  {decoded.SigningHash}";
            }
        }

        return new StateTestTransaction
        {
            Values = decoded ?? values,
            Sender = sender,
            Refusal = error.IsError ? Refusal.Of(error) : default,
            Disagreement = disagreement,
        };
    }

    private static Address SenderOf(JsonElement transaction) => transaction.TryField("sender", out JsonElement sender)
        ? sender.Address()
        : KeyAddressFormat.AddressOf(transaction.Bytes("secretKey"));

    // The type is told by the fields that are there, empty or not: the greatest counts.
    private static TransactionType TypeOf(JsonElement transaction) =>
        transaction.Has("authorizationList") ? TransactionType.SetCode
        : transaction.Has("blobVersionedHashes") || transaction.Has("maxFeePerBlobGas") ? TransactionType.Blob
        : transaction.Has("maxFeePerGas") ? TransactionType.DynamicFee
        : HasAccessList(transaction) ? TransactionType.AccessList
        : TransactionType.Legacy;

    private static bool HasAccessList(JsonElement transaction) => transaction.Has("accessLists");

    private static Transaction? ReadValues(JsonElement transaction, JsonElement indexes, UInt256? legacyChainId)
    {
        TransactionType type = TypeOf(transaction);
        JsonElement access = default;
        JsonElement list = default;
        int data = (int)indexes.Number("data");
        bool hasList = transaction.TryField("accessLists", out list) && data < list.GetArrayLength();
        if (hasList) access = list[data];

        // In lists of several, an entry of null is a transaction without a list.
        if (type == TransactionType.AccessList && (!hasList || access.ValueKind == JsonValueKind.Null))
        {
            type = TransactionType.Legacy;
        }

        bool hasTip = type >= TransactionType.DynamicFee;
        if (!transaction.Field(hasTip ? "maxFeePerGas" : "gasPrice").TryWord(out UInt256 fee)
            || !(transaction.TryField("maxPriorityFeePerGas", out JsonElement tipField) ? tipField
                : transaction.Field("gasPrice"))
                .TryWord(out UInt256 tip)
            || !transaction.Field("value")[(int)indexes.Number("value")].TryWord(out UInt256 value)
            || !transaction.Field("gasLimit")[(int)indexes.Number("gas")].TryNumber(out ulong gasLimit)
            || !transaction.Field("nonce").TryNumber(out ulong nonce)
            || !TryReadAuthorizations(transaction, out List<Authorization> authorizations))
        {
            return null;
        }

        string to = transaction.TryField("to", out JsonElement receiver) ? receiver.Text() : "";
        return new Transaction
        {
            Type = type,
            ChainId = type == TransactionType.Legacy ? legacyChainId : UInt256.One,
            Nonce = nonce,
            GasLimit = gasLimit,
            MaxFeePerGas = fee,
            MaxPriorityFeePerGas = hasTip ? tip : fee,
            To = to.Length == 0 ? null : receiver.Address(),
            Value = value,
            Data = transaction.Field("data")[data].Bytes(),
            AccessList = access.ValueKind == JsonValueKind.Array ? ReadAccessList(access) : [],
            MaxFeePerBlobGas = transaction.Word("maxFeePerBlobGas", UInt256.Zero),
            BlobVersionedHashes = ReadHashes(transaction),
            AuthorizationList = authorizations,
        };
    }

    private static List<AccessListEntry> ReadAccessList(JsonElement access)
    {
        List<AccessListEntry> entries = [];
        foreach (JsonElement entry in access.EnumerateArray())
        {
            List<UInt256> slots = [];
            foreach (JsonElement slot in entry.Field("storageKeys").EnumerateArray())
            {
                slots.Add(slot.Word());
            }

            entries.Add(new AccessListEntry(entry.Address("address"), slots));
        }

        return entries;
    }

    private static List<Hash256> ReadHashes(JsonElement transaction)
    {
        List<Hash256> hashes = [];
        if (transaction.TryField("blobVersionedHashes", out JsonElement list))
        {
            foreach (JsonElement hash in list.EnumerateArray())
            {
                hashes.Add(hash.Hash());
            }
        }

        return hashes;
    }

    private static bool TryReadAuthorizations(JsonElement transaction, out List<Authorization> authorizations)
    {
        authorizations = [];
        if (!transaction.TryField("authorizationList", out JsonElement list)) return true;
        foreach (JsonElement item in list.EnumerateArray())
        {
            JsonElement parity = item.TryField("yParity", out JsonElement y) ? y : item.Field("v");
            if (!item.Field("chainId").TryWord(out UInt256 chainId)
                || !item.Field("nonce").TryNumber(out ulong nonce)
                || !parity.TryNumber(out ulong yParity) || yParity > byte.MaxValue
                || !item.Field("r").TryWord(out UInt256 r)
                || !item.Field("s").TryWord(out UInt256 s))
            {
                return false;
            }

            authorizations.Add(new Authorization
            {
                ChainId = chainId,
                Address = item.Address("address"),
                Nonce = nonce,
                YParity = (byte)yParity,
                R = r,
                S = s,
            });
        }

        return true;
    }
}
