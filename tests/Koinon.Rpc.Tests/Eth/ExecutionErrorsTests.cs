using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Tests.Eth;

public sealed class ExecutionErrorsTests
{
    private const string ErrorOfHello = "0x08c379a0"
        + "0000000000000000000000000000000000000000000000000000000000000020"
        + "0000000000000000000000000000000000000000000000000000000000000005"
        + "68656c6c6f000000000000000000000000000000000000000000000000000000";

    private const string Panic = "0x4e487b71000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData("0x", "execution reverted")]
    [InlineData(ErrorOfHello, "execution reverted: hello")]
    [InlineData(Panic + "0000", "execution reverted: generic panic")]
    [InlineData(Panic + "0001", "execution reverted: assert(false)")]
    [InlineData(Panic + "0011", "execution reverted: arithmetic underflow or overflow")]
    [InlineData(Panic + "0012", "execution reverted: division or modulo by zero")]
    [InlineData(Panic + "0021", "execution reverted: enum overflow")]
    [InlineData(Panic + "0022", "execution reverted: invalid encoded storage byte array accessed")]
    [InlineData(Panic + "0031", "execution reverted: out-of-bounds array access; popping on an empty array")]
    [InlineData(Panic + "0032", "execution reverted: out-of-bounds access of an array or bytesN")]
    [InlineData(Panic + "0041", "execution reverted: out of memory")]
    [InlineData(Panic + "0051", "execution reverted: uninitialized function")]
    [InlineData(Panic + "0099", "execution reverted: unknown panic code: 0x99")]
    [InlineData("0x08c379a0", "execution reverted")]
    [InlineData("0x08c379a0ff", "execution reverted")]
    [InlineData("0xcf479181000000000000000000000000000000000000000000000000000000000000000a", "execution reverted")]
    [InlineData("0x01", "execution reverted")]
    public void ErrorOf_ARevert_HasCode3TheReasonAndTheData(string data, string message)
    {
        byte[] returned = Hex.Decode(data);

        RpcError error = ExecutionErrors.ErrorOf(
            new TransactionOutcome { Halt = HaltReason.Reverted, ReturnData = returned });

        Assert.Equal((3, message), (error.Code, error.Message));
        Assert.Equal(returned, error.Data!.Value.ToArray());
    }

    [Theory]
    [InlineData(HaltReason.OutOfGas, "out of gas")]
    [InlineData(HaltReason.InvalidJump, "invalid jump destination")]
    [InlineData(HaltReason.StaticViolation, "write protection")]
    [InlineData(HaltReason.CodeTooLarge, "max code size exceeded")]
    public void ErrorOf_AnyOtherHalt_HasTheGeneralCodeAndNoData(HaltReason halt, string message)
    {
        RpcError error = ExecutionErrors.ErrorOf(new TransactionOutcome { Halt = halt });

        Assert.Equal((-32000, message), (error.Code, error.Message));
        Assert.Null(error.Data);
    }
}
