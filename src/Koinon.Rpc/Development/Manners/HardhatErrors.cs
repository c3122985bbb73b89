using System.Globalization;
using System.Text.Json.Nodes;
using Koinon.Abi;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Manners;

/// <summary>Errors as Hardhat's node writes them: texts that test suites match, and the object beside them.</summary>
/// <remarks>Compared with the node of Hardhat 2.29; docs/moving-from-anvil-or-hardhat.md has the table.</remarks>
/// <param name="custom">Knows custom errors by name.</param>
public sealed class HardhatErrors(ICustomErrors custom)
{
    private const int AddressText = 42;

    private const string IntrinsicGasText = "intrinsic gas too low: ";
    private const string NoReason = "Error: Transaction reverted without a reason string";
    private const string OutOfGas = "Transaction ran out of gas";
    private const string Failure = "Error: VM Exception while processing transaction: ";

    /// <summary>The error of a failed execution.</summary>
    /// <param name="halt">How it ended.</param>
    /// <param name="returned">What it returned.</param>
    /// <param name="transaction">The transaction that stands in a block all the same; none for a call.</param>
    public RpcError OfExecution(HaltReason halt, ReadOnlyMemory<byte> returned, Hash256? transaction)
    {
        bool isOutOfGas = halt == HaltReason.OutOfGas;
        string message = halt switch
        {
            HaltReason.Reverted => TextOf(returned),
            HaltReason.InvalidJump or HaltReason.CodeReservedPrefix => NoReason,
            HaltReason.OutOfGas => OutOfGas,
            HaltReason.InvalidOpcode => Failure + "invalid opcode",
            HaltReason.CodeTooLarge =>
                "Error: Transaction reverted: trying to deploy a contract whose code is too large",
            _ => Failure + HaltReasonText.Of(halt),
        };
        JsonObject data = new() { ["message"] = message };
        if (transaction is { } hash)
        {
            data["txHash"] = hash.ToString();
        }
        else if (isOutOfGas)
        {
            data["txHash"] = null;
        }

        data["data"] = Hex.Encode(returned.Span);
        return new RpcError(isOutOfGas ? RpcErrorCode.Server : RpcErrorCode.Internal, message)
        {
            JsonData = JsonBytes.Of(data),
        };
    }

    /// <summary>An error of any kind in Hardhat's form.</summary>
    public RpcError Of(RpcError error)
    {
        if (error.JsonData is not null)
        {
            return error;
        }

        if (error.Code == RpcErrorCode.ExecutionReverted)
        {
            return OfExecution(HaltReason.Reverted, error.Data ?? default, null);
        }

        if (error.Code == RpcErrorCode.Server && HaltOf(error.Message) is { } halt)
        {
            return OfExecution(halt, default, null);
        }

        string message = MessageOf(error.Message);
        JsonObject data = new()
        {
            ["message"] = message,
            ["data"] = error.Data is { } bytes ? Hex.Encode(bytes.Span) : null,
        };
        return error with { Message = message, JsonData = JsonBytes.Of(data) };
    }

    /// <summary>What is said of a method that is not there.</summary>
    /// <param name="name">Its name.</param>
    public static RpcError OfMethod(string name)
    {
        string message = $"Method {name} is not supported";
        JsonObject data = new()
        {
            ["message"] = message,
            ["data"] = new JsonObject { ["method"] = name },
        };
        return new RpcError(RpcErrorCode.NotSupported, message) { JsonData = JsonBytes.Of(data) };
    }

    /// <summary>What is said of a block that is not there.</summary>
    /// <param name="block">How it was named.</param>
    /// <param name="head">The newest there is.</param>
    public static RpcError OfBlock(BlockReference block, LedgerBlock head)
    {
        string name = block.Tag == BlockTag.Hash ? block.Hash.ToString()
            : block.Number.ToString(CultureInfo.InvariantCulture);
        return RpcError.Server($"Received invalid block tag {name}. Latest block number is {head.Number}");
    }

    /// <summary>Hardhat's text for one of geth's.</summary>
    private static string MessageOf(string message) =>
        message.StartsWith("unknown account 0x", StringComparison.Ordinal)
            ? UnknownAccount(message.AsSpan("unknown account ".Length, AddressText))
        : message.StartsWith(IntrinsicGasText, StringComparison.Ordinal) ? IntrinsicGasOf(message)
        : message;

    private static string UnknownAccount(ReadOnlySpan<char> text) =>
        Address.TryParse(text, out Address account) ? OfAccount(account) : $"Unknown account {text}";

    /// <summary>What is said of an account whose key is not here.</summary>
    public static string OfAccount(in Address account) => $"Unknown account {account.ToChecksumString()}";

    /// <summary>Geth's text has the limit first and what is needed second, Hardhat's the other way round.</summary>
    private static string IntrinsicGasOf(string message)
    {
        string[] words = message[IntrinsicGasText.Length..].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        string[] numbers = [.. words.Where(static word => char.IsAsciiDigit(word[0]))];
        return numbers is [string limit, string needed]
            ? $"Transaction requires at least {needed} gas but got {limit}"
            : message;
    }

    /// <summary>The halt that an error's text names; <see langword="null"/> where it names none.</summary>
    internal static HaltReason? HaltOf(string message) =>
        message.StartsWith("out of gas", StringComparison.Ordinal)
            || message.StartsWith("gas required exceeds allowance", StringComparison.Ordinal) ? HaltReason.OutOfGas
        : message.StartsWith("invalid opcode", StringComparison.Ordinal) ? HaltReason.InvalidOpcode
        : message.StartsWith("invalid jump destination", StringComparison.Ordinal) ? HaltReason.InvalidJump
        : message.StartsWith("max code size exceeded", StringComparison.Ordinal) ? HaltReason.CodeTooLarge
        : null;

    private string TextOf(ReadOnlyMemory<byte> returned)
    {
        RevertReason reason = RevertReason.Decode(returned);
        return reason.Kind switch
        {
            RevertKind.Empty => NoReason,
            RevertKind.Error => $"{Failure}reverted with reason string '{reason.Text}'",
            RevertKind.Panic => $"{Failure}reverted with panic code {PanicText(reason.PanicCode!.Value)}",
            _ when CustomErrorText.TryWrite(custom, returned, out string? text) =>
                $"{Failure}reverted with custom error '{text}'",
            _ => $"{Failure}reverted with an unrecognized custom error (return data: {Hex.Encode(returned.Span)})",
        };
    }

    private static string PanicText(in UInt256 code)
    {
        string meaning = (code.IsUInt64 ? code.U0 : ulong.MaxValue) switch
        {
            0x01 => "Assertion error",
            0x11 => "Arithmetic operation overflowed outside of an unchecked block",
            0x12 => "Division or modulo division by zero",
            0x21 => "Tried to convert a value into an enum, but the value was too big or negative",
            0x22 => "Incorrectly encoded storage byte array",
            0x31 => ".pop() was called on an empty array",
            0x32 => "Array accessed at an out-of-bounds or negative index",
            0x41 => "Too much memory was allocated, or an array was created that is too large",
            0x51 => "Called a zero-initialized variable of internal function type",
            _ => "unknown panic code",
        };
        return $"0x{code.ToString("x", null).TrimStart('0', 'x')} ({meaning})";
    }
}
